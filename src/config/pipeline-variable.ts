import type { Environment } from './environment.js';

/** What pipelines set: most of them CI; Azure Pipelines, TeamCity, Jenkins and CodeBuild one of their own. */
const variables = ['CI', 'TF_BUILD', 'TEAMCITY_VERSION', 'JENKINS_URL', 'CODEBUILD_BUILD_ID'];

/**
 * The variable that says that this is a pipeline, where nobody sits; nothing where none does. Whether there is a terminal
 * says nothing: Playwright's workers never have one.
 */
export function pipelineVariable(environment: Environment): string | undefined {
  return variables.find((name) => environment[name] && environment[name] !== 'false');
}
