import { expect, test } from '@playwright/test';
import { pipelineVariable } from '../../src/config/pipeline-variable.js';

test('a pipeline is known by what it sets', () => {
  expect(pipelineVariable({})).toBeUndefined();
  expect(pipelineVariable({ CI: '' })).toBeUndefined();
  expect(pipelineVariable({ CI: 'false' })).toBeUndefined();
  expect(pipelineVariable({ CI: 'true' })).toBe('CI');
  expect(pipelineVariable({ TF_BUILD: 'True' })).toBe('TF_BUILD');
});
