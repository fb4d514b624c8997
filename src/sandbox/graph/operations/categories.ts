import type { Operation } from '../context.js';
import { odataContext } from '../context.js';
import { jsonAnswer } from '../graph-answer.js';
import { badRequest, cannotConvert, GraphError } from '../graph-error.js';
import { readJson } from '../graph-request.js';
import { KeptList, type Kept } from '../settings/kept-list.js';

/** https://learn.microsoft.com/graph/api/resources/outlookcategory */
interface Category extends Kept {
  readonly displayName: string;
  readonly color: string;
}

/** What a new mailbox has. */
const firstColours = { Red: 0, Orange: 1, Yellow: 3, Green: 4, Blue: 7, Purple: 8 };

const categories = new KeptList<Category>(
  'categories',
  Object.entries(firstColours).map(([name, preset]) => ({
    id: `00000000-0000-4000-8000-00000000000${preset}`,
    displayName: `${name} category`,
    color: `preset${preset}`,
  })),
);

const path = 'outlook/masterCategories';

export const listCategories: Operation = (context) =>
  jsonAnswer({ ...odataContext(context, path), value: categories.all(context.account) });

export const getCategory: Operation = (context) => {
  const { account, parameters } = context;
  return jsonAnswer({
    ...odataContext(context, `${path}/$entity`),
    ...categories.get(account, parameters['category']),
  });
};

export const createCategory: Operation = (context) => {
  const { account, request } = context;
  const { displayName, color } = readJson(request);
  if (typeof displayName !== 'string' || !displayName.trim())
    throw badRequest("The property 'displayName' is required.");
  const isTaken = categories.all(account).some((each) => each.displayName.toLowerCase() === displayName.toLowerCase());
  if (isTaken) throw new GraphError(409, 'CategoryNameDuplicate', { message: 'Category name must be unique.' });
  const created = categories.add(account, { displayName, color: readColour(color) });
  return jsonAnswer({ ...odataContext(context, `${path}/$entity`), ...created }, 201);
};

/** Its name stays: https://learn.microsoft.com/graph/api/outlookcategory-update */
export const updateCategory: Operation = (context) => {
  const { account, parameters, request } = context;
  const before = categories.get(account, parameters['category']);
  const { displayName, color } = readJson(request);
  if (displayName !== undefined && displayName !== before.displayName)
    throw badRequest("The property 'displayName' is read-only and cannot be set.");
  const updated = categories.replace(account, { ...before, color: readColour(color) });
  return jsonAnswer({ ...odataContext(context, `${path}/$entity`), ...updated });
};

export const deleteCategory: Operation = ({ account, parameters }) => {
  categories.remove(account, parameters['category']);
  return { status: 204 };
};

function readColour(value: unknown = 'none'): string {
  const colour = typeof value === 'string' ? value.toLowerCase() : '';
  if (/^(?:none|preset(?:1?\d|2[0-4]))$/.test(colour)) return colour;
  throw cannotConvert(value, 'categoryColor');
}
