import { overrides } from '../overrides.ts'

export default overrides('ds', {
  DeleteDirectory: {
    row: 'update AWS::DirectoryService::MicrosoftAD -; update AWS::DirectoryService::SimpleAD -',
    why: 'the id does not say which kind of directory it is, so both are listed again',
    example: { request: { directoryId: 'd-1' }, assets: [] },
  },
})
