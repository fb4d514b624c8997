import { gives, readBaseShape } from '../base-shape.js';
import { schemaViolation } from '../ews-error.js';
import { folderElement, folderProperties, folderPropertyByUri, type FolderProperty } from './folder-properties.js';
import type { EwsFolder } from './folder-tree.js';
import { elementName } from '../items/item-properties.js';
import { writeValue, type Value } from '../../message/value.js';
import { hasProperty, type SchemaVersion } from '../schema-version.js';
import { childElements, find, xml, type XmlElement, type XmlNode } from '../xml.js';

export type FolderShape = readonly FolderProperty[];

export function readFolderShape(element: XmlElement | undefined, version: SchemaVersion): FolderShape {
  if (!element) throw schemaViolation("The element 'FolderShape' is missing.");
  const base = readBaseShape(element);
  const asked = new Set(
    childElements(find(element, 'AdditionalProperties')).map((path) => path.attributes['FieldURI']),
  );
  return folderProperties.filter(
    (property) => (gives(base, property.shape) && hasProperty(version, property.uri)) || asked.has(property.uri),
  );
}

/** The id alone, as what was changed is answered. */
export const folderIdShape: FolderShape = folderProperties.filter(({ uri }) => uri === 'folder:FolderId');

export function renderFolder(folder: EwsFolder, shape: FolderShape): XmlNode {
  return xml(
    `t:${folderElement(folder)}`,
    {},
    shape.map((property) => renderProperty(property, folder)),
  );
}

/** Reads what a path in a restriction names. */
export function folderValue(path: XmlElement): (folder: EwsFolder) => Value {
  const property = folderPropertyByUri.get(path.attributes['FieldURI'] ?? '');
  return property ? (folder) => property.read(folder) : () => undefined;
}

function renderProperty(property: FolderProperty, folder: EwsFolder): XmlNode | undefined {
  if (property.render) return property.render(folder);
  const value = property.read(folder);
  return value === undefined ? undefined : xml(elementName(property.uri), {}, writeValue(value));
}
