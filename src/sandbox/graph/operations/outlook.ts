import { WINDOWS_TO_IANA_MAP } from 'windows-iana';
import { odataRoot, type Operation } from '../context.js';
import { jsonAnswer } from '../graph-answer.js';

const languages = {
  'en-US': 'English (United States)',
  'en-GB': 'English (United Kingdom)',
  'de-DE': 'German (Germany)',
  'fr-FR': 'French (France)',
  'es-ES': 'Spanish (Spain)',
  'it-IT': 'Italian (Italy)',
  'ja-JP': 'Japanese (Japan)',
};

/** https://learn.microsoft.com/graph/api/outlookuser-supportedlanguages */
export const supportedLanguages: Operation = ({ request }) => {
  const value = Object.entries(languages).map(([locale, displayName]) => ({ locale, displayName }));
  return jsonAnswer({ ...odataRoot(request, 'Collection(microsoft.graph.localeInfo)'), value });
};

/** Windows' names, or IANA's: https://learn.microsoft.com/graph/api/outlookuser-supportedtimezones */
export const supportedTimeZones: Operation = ({ request, parameters }) => {
  const isIana = /iana/i.test(parameters['standard'] ?? '');
  const names = isIana
    ? WINDOWS_TO_IANA_MAP.flatMap(({ iana }) => iana)
    : WINDOWS_TO_IANA_MAP.map(({ windowsName }) => windowsName);
  const value = [...new Set<string>(names)].map((alias) => ({ alias, displayName: alias }));
  return jsonAnswer({ ...odataRoot(request, 'Collection(microsoft.graph.timeZoneInformation)'), value });
};
