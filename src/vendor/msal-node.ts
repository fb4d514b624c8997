export { ConfidentialClientApplication, PublicClientApplication } from '@azure/msal-node';
