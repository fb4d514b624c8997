import type { Declarations } from './declarations.js';

/** How an element looks, as far as it matters to what can be read in it. */
export interface Look {
  /** Neither it nor anything in it is there for the eye. */
  readonly isGone: boolean;
  readonly isInvisible: boolean;
  /** In CSS pixels. */
  readonly size: number;
  readonly isBold: boolean;
  readonly isSpaced: boolean;
  readonly isPreformatted: boolean;
  readonly isRaised: boolean;
  readonly colour: string;
  /** Undefined where it is an image, or not known. */
  readonly background: string | undefined;
}

export const plain: Look = {
  isGone: false,
  isInvisible: false,
  size: 16,
  isBold: false,
  isSpaced: false,
  isPreformatted: false,
  isRaised: false,
  colour: 'black',
  background: 'white',
};

/** Smaller text than this is there for programs, such as the one that lists a mail's first words. */
const smallestReadable = 3;
/** Where larger text begins that is meant to stand out. */
const large = 20;
const farOutside = -900;

const sizes: Readonly<Record<string, number>> = {
  'xx-small': 9,
  'x-small': 10,
  small: 13,
  medium: 16,
  large: 18,
  'x-large': 24,
  'xx-large': 32,
};
const pixelsOf: Readonly<Record<string, number>> = { px: 1, pt: 4 / 3, '': 1 };
const sizeOfElement: Readonly<Record<string, number>> = { h1: 32, h2: 24, h3: 20, big: 20 };
const boldElements = new Set(['b', 'strong', 'h1', 'h2', 'h3', 'h4', 'th', 'mark', 'kbd', 'code', 'samp']);

export function isReadable(look: Look): boolean {
  return (
    isShown(look) && look.size >= smallestReadable && look.colour !== 'transparent' && look.colour !== look.background
  );
}

export function isShown({ isGone, isInvisible }: Look): boolean {
  return !isGone && !isInvisible;
}

export function isEmphasised({ isBold, isSpaced, size }: Look): boolean {
  return isBold || isSpaced || size >= large;
}

/** The look of an element within one of a given look. */
export function lookOf(outer: Look, name: string, declarations: Declarations): Look {
  const value = (property: string): string => declarations.get(property)?.value ?? '';
  const spacing = value('letter-spacing');
  const whiteSpace = value('white-space');
  return {
    isGone: outer.isGone || takesNoRoom(value),
    isInvisible: isHidden(value('visibility'), outer),
    size: sizeOf(value('font-size') || value('font').match(/[\d.]+(?:px|pt|em|rem)/)?.[0] || '', outer.size, name),
    isBold: isHeavy(value('font-weight'), outer, name),
    isSpaced: spacing ? Number.parseFloat(spacing) > 0 : outer.isSpaced,
    isPreformatted: whiteSpace ? /^(?:pre|break)/.test(whiteSpace) : outer.isPreformatted || name === 'pre',
    isRaised: outer.isRaised || name === 'sup' || value('vertical-align') === 'super',
    colour: colourOf(value('color')) || outer.colour,
    background: backgroundOf(value, outer.background),
  };
}

function takesNoRoom(value: (property: string) => string): boolean {
  const isCut = value('overflow').includes('hidden');
  return (
    value('display') === 'none' ||
    (value('opacity') !== '' && Number(value('opacity')) === 0) ||
    (isCut && ['height', 'max-height', 'width', 'max-width'].some((property) => /^0(?![\d.])/.test(value(property)))) ||
    ['left', 'top', 'text-indent', 'margin-left'].some((property) => Number.parseFloat(value(property)) < farOutside) ||
    /^rect\((?:0|1px)/.test(value('clip')) ||
    /^inset\((?:50|100)%/.test(value('clip-path'))
  );
}

function isHidden(visibility: string, outer: Look): boolean {
  return /^(?:hidden|collapse)/.test(visibility) || (outer.isInvisible && visibility !== 'visible');
}

function isHeavy(weight: string, outer: Look, name: string): boolean {
  return weight ? weight.startsWith('bold') || Number(weight) >= 600 : outer.isBold || boldElements.has(name);
}

function sizeOf(value: string, outer: number, name: string): number {
  const [, number, unit = ''] = /^([\d.]+)([a-z%]*)/.exec(value) ?? [];
  if (number === undefined) return sizes[value] ?? sizeOfElement[name] ?? outer;
  if (unit === 'em') return Number(number) * outer;
  if (unit === '%') return (Number(number) / 100) * outer;
  return Number(number) * (pixelsOf[unit] ?? 16);
}

function backgroundOf(value: (property: string) => string, outer: string | undefined): string | undefined {
  const background = value('background-color') || value('background');
  if (/url\(|gradient\(/.test(value('background') + value('background-image'))) return undefined;
  if (background === '' || /^(?:none|transparent|inherit|initial|unset)/.test(background)) return outer;
  return colourOf(background.split(/\s(?![^(]*\))/)[0] ?? '') || undefined;
}

/** One way to write a colour, as far as hidden texts need it: `#fff`, `#FFFFFF`, `rgb(255, 255, 255)` are white. */
function colourOf(value: string): string {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(value);
  const parts = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+)%?)?\s*\)$/.exec(value);
  const hex = short
    ? `#${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}`
    : parts
      ? `#${[parts[1], parts[2], parts[3]].map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`
      : value;
  if (parts?.[4] !== undefined && Number(parts[4]) === 0) return 'transparent';
  if (hex === '#ffffff') return 'white';
  return hex === '#000000' ? 'black' : hex;
}
