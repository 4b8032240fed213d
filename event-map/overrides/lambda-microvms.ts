import { overrides } from '../overrides.ts'

export default overrides('lambda-microvms', {
  'RunMicrovm, ResumeMicrovm, SuspendMicrovm, TerminateMicrovm': {
    row: 'none: a run of an image',
    why: 'the image stays as it is',
    example: { request: { microvmIdentifier: 'm-1' }, assets: [] },
  },
  'CreateMicrovmAuthToken, CreateMicrovmShellAuthToken': {
    row: 'none: issues credentials',
    why: 'the image stays as it is',
    example: { request: { microvmIdentifier: 'm-1' }, assets: [] },
  },
  DeleteMicrovmImageVersion: {
    row: 'update AWS::Lambda::MicrovmImage request.imageIdentifier',
    why: 'a version is part of its image',
    example: {
      request: { imageIdentifier: 'base', imageVersion: '2' },
      assets: ['update AWS::Lambda::MicrovmImage arn:aws:lambda:eu-west-1:111122223333:microvm-image:base'],
    },
  },
})
