/**
 * A mail as applications send it: some headers, a text, an HTML part, a link; some 3 kB.
 * @param {string} to
 * @param {string} subject
 */
export function mail(to, subject) {
  const lines = [
    `From: Contoso <no-reply@contoso.com>`,
    `To: <${to}>`,
    `Subject: ${subject}`,
    `Message-ID: <${encodeURIComponent(subject)}.${to}>`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    ...fixed,
  ];
  return Buffer.from(lines.join('\r\n'));
}

const rule = 'border-collapse:collapse;font-family:Segoe UI,Helvetica,Arial,sans-serif;font-size:14px;color:#323130';
const row = `<tr><td style="${rule};padding:12px 24px">If it was not you, there is nothing to do.</td></tr>`;

const fixed = `MIME-Version: 1.0
Auto-Submitted: auto-generated
X-Mailer: Contoso Notifications 4.2
List-Unsubscribe: <https://www.contoso.com/unsubscribe?user=4711>
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=contoso.com; s=mail;
 h=from:to:subject:date:message-id; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;
 b=dzdVyOfAKCdLXdJOc9G2q8LoXSlEniSbav+yuU4zGeeruD00lszZVoG4ZHRNiYzRgkqYZfXCyuQH
Content-Type: multipart/alternative; boundary="=_part_1"

--=_part_1
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Welcome to Contoso! Please verify your address:
https://www.contoso.com/verify?code=3D481516&user=3D4711

If it was not you, there is nothing to do.
--=_part_1
Content-Type: text/html; charset=utf-8

<html><head><title>Welcome</title></head><body><table style="${rule}">
<tr><td><img src="https://www.contoso.com/logo.png" alt="Contoso" width="120"></td></tr>
<tr><td style="${rule};padding:24px">Welcome to Contoso! Please
<a href="https://www.contoso.com/verify?code=481516&amp;user=4711">verify your address</a>.</td></tr>
${Array.from({ length: 6 }, () => row).join('\n')}
</table></body></html>
--=_part_1--
`.split('\n');
