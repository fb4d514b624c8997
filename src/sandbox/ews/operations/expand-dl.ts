import { nodesIn, readNode, textAt } from '../../calendar/stored-node.js';
import { answerEach } from '../soap.js';
import { resolveMessage, type Operation } from '../context.js';
import { EwsError, schemaViolation } from '../ews-error.js';
import { kindOf } from '../items/item-kinds.js';
import { find, xml } from '../xml.js';

/** The members of a list of one's own; the directory has none. */
export const expandDl: Operation = (request, context) =>
  answerEach('ExpandDL', [find(request, 'Mailbox')], (mailbox) => {
    if (!mailbox) throw schemaViolation("The element 'Mailbox' is missing.");
    const id = find(mailbox, 'ItemId');
    const list = id && resolveMessage(id, context);
    if (!list || kindOf(list)?.element !== 'DistributionList') throw new EwsError('ErrorNameResolutionNoResults');
    const members = nodesIn(readNode(list.properties.get('distributionlist:Members'))).flatMap((member) => {
      const address = textAt(member, 'Mailbox', 'EmailAddress');
      return address ? { address, name: textAt(member, 'Mailbox', 'Name') ?? address } : [];
    });
    return xml(
      'm:DLExpansion',
      { TotalItemsInView: members.length, IncludesLastItemInRange: true },
      members.map(({ name, address }) =>
        xml(
          't:Mailbox',
          {},
          xml('t:Name', {}, name),
          xml('t:EmailAddress', {}, address),
          xml('t:RoutingType', {}, 'SMTP'),
          xml('t:MailboxType', {}, 'OneOff'),
        ),
      ),
    );
  });
