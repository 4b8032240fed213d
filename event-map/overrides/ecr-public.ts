import { overrides } from '../overrides.ts'

export default overrides('ecr-public', {
  CreateRepository: {
    row: 'create AWS::ECR::PublicRepository request.repositoryName',
    why: 'public repositories are a type of their own',
    example: { request: { repositoryName: 'tools' }, assets: ['create AWS::ECR::PublicRepository tools'] },
  },
  DeleteRepository: {
    row: 'delete AWS::ECR::PublicRepository request.repositoryName',
    why: 'public repositories are a type of their own',
    example: { request: { repositoryName: 'tools' }, assets: ['delete AWS::ECR::PublicRepository tools'] },
  },
  'DeleteRepositoryPolicy, SetRepositoryPolicy, PutRepositoryCatalogData': {
    row: 'update AWS::ECR::PublicRepository request.repositoryName',
    why: 'public repositories are a type of their own',
    example: { request: { repositoryName: 'tools' }, assets: ['update AWS::ECR::PublicRepository tools'] },
  },
})
