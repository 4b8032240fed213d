import { overrides } from '../overrides.ts'

export default overrides('glue', {
  'PutResourcePolicy, DeleteResourcePolicy': {
    row: "none: account-level setting: the catalogue's policy",
    why: 'without an ARN the policy is that of the whole Data Catalog',
    example: { request: { policyInJson: '{}' }, assets: [] },
  },
  PutDataCatalogEncryptionSettings: {
    row: "none: account-level setting: the catalogue's encryption",
    why: 'there is one per account and region',
    example: { request: { dataCatalogEncryptionSettings: {} }, assets: [] },
  },
})
