import { CreateTagsCommand, DeleteTagsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { type Kind, tag } from '../kind.ts'

/** What can be done with the tags of anything in EC2. */
export const tagging: Kind['changes'] = [
  async (hand, one) => {
    // An address is tagged by its allocation, the second part of its id; key pairs by an id that is not theirs elsewhere.
    const id = one.facts.get('taggedAs') ?? one.touch.id.split('|').at(-1) ?? ''
    const Tags = [tag(hand)]
    await hand.call(
      () => hand.client(EC2Client).send(new CreateTagsCommand({ Resources: [id], Tags })),
      () => [one.touch],
    )
    one.facts.set('tag', Tags[0]?.Key ?? '')
  },
  async (hand, one) => {
    const Key = one.facts.get('tag')
    if (Key === undefined) return
    const id = one.facts.get('taggedAs') ?? one.touch.id.split('|').at(-1) ?? ''
    await hand.call(
      () => hand.client(EC2Client).send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key }] })),
      () => [one.touch],
    )
    one.facts.delete('tag')
  },
]
