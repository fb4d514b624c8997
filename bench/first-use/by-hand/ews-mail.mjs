import ews from 'ews-javascript-api';
import { Queue } from '../../queue.mjs';

const minutes = 30;

/**
 * Mail over ews-javascript-api, which reads the messages too.
 * @param {Record<string, string>} env
 */
export async function openMail(env) {
  const address = 'by-hand@contoso.com';
  const service = new ews.ExchangeService(ews.ExchangeVersion.Exchange2013);
  service.Url = new ews.Uri(`${env['PLAYWRIGHT_EXCHANGE_SANDBOX']}/EWS/Exchange.asmx`);
  service.Credentials = new ews.WebCredentials(address, 'secret');
  const inbox = [new ews.FolderId(ews.WellKnownFolderName.Inbox)];
  const subscription = await service.SubscribeToStreamingNotifications(inbox, ews.EventType.NewMail);
  const stream = new ews.StreamingSubscriptionConnection(service, minutes);
  stream.AddSubscription(subscription);
  /** @type {Queue<string>} */
  const subjects = new Queue();
  stream.OnNotificationEvent.push((_, { Events }) => {
    for (const event of Events) if (event instanceof ews.ItemEvent) void read(event.ItemId);
  });
  stream.OnDisconnect.push(() => {});
  stream.OnSubscriptionError.push(() => {});
  // It resolves when the stream ends; what comes before it stands is kept for it.
  void stream.Open();

  /** @param {import('ews-javascript-api').ItemId} id */
  async function read(id) {
    const message = await ews.EmailMessage.Bind(
      service,
      id,
      new ews.PropertySet(ews.BasePropertySet.FirstClassProperties),
    );
    subjects.push(message.Subject);
  }

  return {
    address,
    next: () => subjects.next(),
    /** @param {{ to: string, subject: string, text: string }} answer */
    async send({ to, subject, text }) {
      const message = new ews.EmailMessage(service);
      message.ToRecipients.Add(to);
      message.Subject = subject;
      message.Body = new ews.MessageBody(ews.BodyType.Text, text);
      await message.Send();
    },
    async close() {
      process.exit();
    },
  };
}
