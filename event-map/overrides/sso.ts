import { overrides } from '../overrides.ts'

/** What IAM Identity Center's console and portal call, which no model describes. */
export default overrides('sso', {
  'Authenticate, Federate, UserAuthentication, Logout, GetRoleCredentials, CreateToken, RegisterClient, StartDeviceAuthorization':
    {
      row: 'none: a sign-in',
      why: "a person's session begins or ends",
      example: { request: { account_id: '111122223333', role_name: 'Admin' }, assets: [] },
    },
  'StartSSO, AssociateDirectory, DisassociateDirectory, UpdateSSOConfiguration, PutMfaDeviceManagementForDirectory': {
    row: 'update AWS::SSO::Instance -',
    why: 'settings of the one instance, which the request does not name',
    example: { request: { directoryId: 'd-1', directoryType: 'ADConnector' }, assets: [] },
  },
  'CreateApplicationInstance, CreateManagedApplicationInstance, DeleteApplicationInstance, DeleteManagedApplicationInstance, UpdateApplicationInstanceDisplayData, UpdateApplicationInstanceStatus, UpdateManagedApplicationInstanceStatus, UpdateApplicationInstanceServiceProviderConfiguration, UpdateApplicationInstanceSecurityConfiguration, UpdateApplicationInstanceResponseConfiguration, UpdateApplicationInstanceResponseSchemaConfiguration, UpdateApplicationInstanceActiveCertificate, CreateApplicationInstanceCertificate, DeleteApplicationInstanceCertificate, ImportApplicationInstanceServiceProviderMetadata, CreateProfile, UpdateProfile, DeleteProfile':
    {
      row: 'update AWS::SSO::Application -',
      why: "the console's id of an application does not give its ARN",
      example: { request: { applicationInstanceId: 'ins-1' }, assets: [] },
    },
  'AssociateProfile, DisassociateProfile': {
    row: 'update AWS::SSO::ApplicationAssignment -',
    why: "the console's id of a profile does not give the application's ARN",
    example: { request: { instanceId: 'ins-1', profileId: 'p-1', accessorId: 'u-1' }, assets: [] },
  },
  PutPermissionsPolicy: {
    row: 'update AWS::SSO::PermissionSet -',
    why: "the console's id of a permission set does not give its ARN",
    example: { request: { permissionSetId: 'ps-1' }, assets: [] },
  },
})
