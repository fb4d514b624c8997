import { test } from '@playwright/test';
import { dovecotMissing, hasDovecot } from '../support/dovecot.js';
import { describeContract } from './contract.js';
import { startDovecotServer } from './dovecot-server.js';

test.skip(!hasDovecot() && !process.env['CI'], dovecotMissing);

describeContract('IMAP on Dovecot', () => startDovecotServer());
