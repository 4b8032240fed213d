import {
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteGroupCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  RemoveUserFromGroupCommand,
  TagPolicyCommand,
  TagRoleCommand,
  TagUserCommand,
  UntagRoleCommand,
  UpdateAccessKeyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam'
import { type Hand, type Kind, policy, type Thing, type Touch, tag, thing } from '../kind.ts'

const iam = (hand: Hand) => hand.client(IAMClient)
const itself = (one: Thing) => () => [one.touch]
/** Attaching shows on the policy, as its count of attachments. */
const policyAlong = (arn: string): Touch => ({ type: 'AWS::IAM::ManagedPolicy', id: arn, isSideEffect: true })

export const user: Kind = {
  type: 'AWS::IAM::User',
  isGlobal: true,
  max: 6,
  async create(hand) {
    const UserName = hand.name(this.type)
    if (UserName === undefined) return undefined
    await hand.call(
      () => iam(hand).send(new CreateUserCommand({ UserName })),
      () => [{ type: this.type, id: UserName }],
    )
    return thing(this.type, UserName, UserName)
  },
  changes: [
    async (hand, one) => {
      const Tags = [tag(hand)]
      await hand.call(() => iam(hand).send(new TagUserCommand({ UserName: one.name, Tags })), itself(one))
    },
    async (hand, one) => {
      const attached = one.facts.get('policy')
      const other = hand.other(managedPolicy.type)
      const UserName = one.name
      if (attached !== undefined) {
        await hand.call(
          () => iam(hand).send(new DetachUserPolicyCommand({ UserName, PolicyArn: attached })),
          () => [one.touch, policyAlong(attached)],
        )
        one.facts.delete('policy')
      } else if (other !== undefined) {
        const PolicyArn = other.touch.id
        await hand.call(
          () => iam(hand).send(new AttachUserPolicyCommand({ UserName, PolicyArn })),
          () => [one.touch, policyAlong(PolicyArn)],
        )
        one.facts.set('policy', PolicyArn)
      }
    },
  ],
  async remove(hand, one) {
    if (one.facts.has('policy') || one.facts.has('keys') || one.facts.has('group')) return false
    await hand.call(() => iam(hand).send(new DeleteUserCommand({ UserName: one.name })), itself(one))
    return true
  },
}

export const accessKey: Kind = {
  type: 'AWS::IAM::AccessKey',
  isGlobal: true,
  max: 4,
  async create(hand) {
    const owner = hand.other(user.type)
    if (owner === undefined || owner.facts.has('keys')) return undefined
    const { AccessKey } = await hand.call(
      () => iam(hand).send(new CreateAccessKeyCommand({ UserName: owner.name })),
      reply => [{ type: this.type, id: reply.AccessKey?.AccessKeyId ?? '' }, owner.touch],
    )
    owner.facts.set('keys', '1')
    const made = thing(this.type, AccessKey?.AccessKeyId, '', { owner: owner.name })
    return made
  },
  changes: [
    async (hand, one) => {
      const isActive = one.facts.get('status') !== 'Inactive'
      const Status = isActive ? 'Inactive' : 'Active'
      const UserName = one.facts.get('owner')
      await hand.call(
        () => iam(hand).send(new UpdateAccessKeyCommand({ UserName, AccessKeyId: one.touch.id, Status })),
        () => [one.touch, { type: user.type, id: UserName ?? '' }],
      )
      one.facts.set('status', Status)
    },
  ],
  async remove(hand, one) {
    const UserName = one.facts.get('owner') ?? ''
    await hand.call(
      () => iam(hand).send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: one.touch.id })),
      () => [one.touch, { type: user.type, id: UserName }],
    )
    hand.named(user.type, UserName)?.facts.delete('keys')
    return true
  },
}

const TRUST = JSON.stringify({ Version: '2012-10-17', Statement: [] })

export const role: Kind = {
  type: 'AWS::IAM::Role',
  isGlobal: true,
  max: 6,
  async create(hand) {
    const RoleName = hand.name(this.type)
    if (RoleName === undefined) return undefined
    await hand.call(
      () => iam(hand).send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST })),
      () => [{ type: this.type, id: RoleName }],
    )
    return thing(this.type, RoleName, RoleName)
  },
  changes: [
    async (hand, one) => {
      const Tags = [tag(hand)]
      await hand.call(() => iam(hand).send(new TagRoleCommand({ RoleName: one.name, Tags })), itself(one))
    },
    async (hand, one) => {
      const TagKeys = ['team']
      await hand.call(() => iam(hand).send(new UntagRoleCommand({ RoleName: one.name, TagKeys })), itself(one))
    },
    async (hand, one) => {
      const Description = hand.fresh()
      await hand.call(() => iam(hand).send(new UpdateRoleCommand({ RoleName: one.name, Description })), itself(one))
    },
    async (hand, one) => {
      const RoleName = one.name
      const PolicyName = `inline-${RoleName}`
      if (one.facts.has('inline') && hand.random.oneIn(2)) {
        await hand.call(() => iam(hand).send(new DeleteRolePolicyCommand({ RoleName, PolicyName })), itself(one))
        one.facts.delete('inline')
      } else {
        const PolicyDocument = policy(hand)
        await hand.call(
          () => iam(hand).send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument })),
          itself(one),
        )
        one.facts.set('inline', '1')
      }
    },
    async (hand, one) => {
      const attached = one.facts.get('policy')
      const other = hand.other(managedPolicy.type)
      const RoleName = one.name
      if (attached !== undefined) {
        await hand.call(
          () => iam(hand).send(new DetachRolePolicyCommand({ RoleName, PolicyArn: attached })),
          () => [one.touch, policyAlong(attached)],
        )
        one.facts.delete('policy')
      } else if (other !== undefined) {
        const PolicyArn = other.touch.id
        await hand.call(
          () => iam(hand).send(new AttachRolePolicyCommand({ RoleName, PolicyArn })),
          () => [one.touch, policyAlong(PolicyArn)],
        )
        one.facts.set('policy', PolicyArn)
      }
    },
  ],
  async remove(hand, one) {
    if (one.facts.has('policy') || one.facts.has('inline')) return false
    await hand.call(() => iam(hand).send(new DeleteRoleCommand({ RoleName: one.name })), itself(one))
    return true
  },
}

export const managedPolicy: Kind = {
  type: 'AWS::IAM::ManagedPolicy',
  isGlobal: true,
  max: 4,
  async create(hand) {
    const PolicyName = hand.name(this.type)
    if (PolicyName === undefined) return undefined
    const PolicyDocument = policy(hand)
    const { Policy } = await hand.call(
      () => iam(hand).send(new CreatePolicyCommand({ PolicyName, PolicyDocument, Description: hand.fresh() })),
      reply => [{ type: this.type, id: reply.Policy?.Arn ?? '' }],
    )
    return thing(this.type, Policy?.Arn, PolicyName)
  },
  changes: [
    async (hand, one) => {
      const Tags = [tag(hand)]
      await hand.call(() => iam(hand).send(new TagPolicyCommand({ PolicyArn: one.touch.id, Tags })), itself(one))
    },
    async (hand, one) => {
      const PolicyArn = one.touch.id
      const VersionId = one.facts.get('old')
      if (VersionId !== undefined) {
        await hand.call(() => iam(hand).send(new DeletePolicyVersionCommand({ PolicyArn, VersionId })), itself(one))
        one.facts.delete('old')
        return
      }
      const version = { PolicyArn, PolicyDocument: policy(hand), SetAsDefault: true }
      const { PolicyVersion } = await hand.call(
        () => iam(hand).send(new CreatePolicyVersionCommand(version)),
        itself(one),
      )
      one.facts.set('old', one.facts.get('current') ?? 'v1')
      one.facts.set('current', PolicyVersion?.VersionId ?? 'v1')
    },
  ],
  async remove(hand, one) {
    if (one.facts.has('old')) return false
    await hand.call(() => iam(hand).send(new DeletePolicyCommand({ PolicyArn: one.touch.id })), itself(one))
    return true
  },
}

export const group: Kind = {
  type: 'AWS::IAM::Group',
  isGlobal: true,
  max: 3,
  async create(hand) {
    const GroupName = hand.name(this.type)
    if (GroupName === undefined) return undefined
    await hand.call(
      () => iam(hand).send(new CreateGroupCommand({ GroupName })),
      () => [{ type: this.type, id: GroupName }],
    )
    return thing(this.type, GroupName, GroupName)
  },
  changes: [
    async (hand, one) => {
      const inline = { GroupName: one.name, PolicyName: `inline-${one.name}`, PolicyDocument: policy(hand) }
      await hand.call(() => iam(hand).send(new PutGroupPolicyCommand(inline)), itself(one))
      one.facts.set('inline', '1')
    },
    async (hand, one) => {
      const GroupName = one.name
      const member = one.facts.get('member')
      const other = hand.other(user.type)
      if (member !== undefined) {
        await hand.call(
          () => iam(hand).send(new RemoveUserFromGroupCommand({ GroupName, UserName: member })),
          () => [one.touch, { type: user.type, id: member }],
        )
        one.facts.delete('member')
        hand.named(user.type, member)?.facts.delete('group')
      } else if (other !== undefined && !other.facts.has('group')) {
        await hand.call(
          () => iam(hand).send(new AddUserToGroupCommand({ GroupName, UserName: other.name })),
          () => [one.touch, other.touch],
        )
        one.facts.set('member', other.name)
        other.facts.set('group', GroupName)
      }
    },
  ],
  async remove(hand, one) {
    if (one.facts.has('member') || one.facts.has('inline')) return false
    await hand.call(() => iam(hand).send(new DeleteGroupCommand({ GroupName: one.name })), itself(one))
    return true
  },
}
