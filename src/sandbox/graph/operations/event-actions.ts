import { isOwn } from '../../calendar/appointment-meeting.js';
import { changeAppointment } from '../../calendar/change-appointment.js';
import { forward } from '../../calendar/forward.js';
import { callOff } from '../../calendar/organize.js';
import { respond, type MeetingAnswer } from '../../calendar/respond.js';
import type { Draft } from '../../message/draft.js';
import { eventOf } from '../calendar/find-event.js';
import { readEventTime } from '../calendar/event-times.js';
import { cannot, checkInvited } from '../calendar/read-event.js';
import type { Operation } from '../context.js';
import { badRequest, GraphError } from '../graph-error.js';
import { readParameters } from '../graph-request.js';
import { readRecipients } from '../messages/message-edit.js';
import { discard } from './change-events.js';

/** Answers an invitation. https://learn.microsoft.com/graph/api/event-accept */
export function respondToEvent(response: MeetingAnswer['response']): Operation {
  return async (context) => {
    const event = eventOf(context);
    const parameters = readParameters(context.request);
    const sends = parameters.get('sendresponse') !== false;
    if (isOwn(event)) throw cannot("You can't respond to this meeting because you're the meeting organizer.");
    if (sends && event.properties.get('calendar:IsResponseRequested') === 'false')
      throw cannot("The meeting organizer hasn't requested a response.");
    if (event.properties.get('calendar:IsCancelled') === 'true') throw cannot('The meeting was cancelled.');
    if (parameters.get('proposednewtime'))
      throw new GraphError(501, 'NotImplemented', { message: 'In the sandbox nobody proposes new times.' });
    const answer = { response, body: commentIn(parameters), sends, keepsCopy: sends };
    await respond(event, answer, context.store);
    if (response === 'Decline') discard(eventOf(context));
    return { status: 202 };
  };
}

/** Calls a meeting off. https://learn.microsoft.com/graph/api/event-cancel */
export const cancelEvent: Operation = async (context) => {
  const event = eventOf(context);
  if (!isOwn(event)) throw cannot('You need to be an organizer to cancel a meeting.');
  const body = commentIn(readParameters(context.request));
  await callOff(event, { keepsCopy: true, ...(body.content && { body }) }, context.store);
  discard(event);
  return { status: 202 };
};

/** https://learn.microsoft.com/graph/api/event-forward */
export const forwardEvent: Operation = async (context) => {
  const parameters = readParameters(context.request);
  const to = readRecipients(parameters.get('torecipients'));
  if (to.length === 0) throw new GraphError(400, 'ErrorInvalidRecipients');
  for (const recipient of to) checkInvited(recipient);
  await forward(eventOf(context), { to, body: commentIn(parameters) }, context.store);
  return { status: 202 };
};

/** https://learn.microsoft.com/graph/api/event-snoozereminder */
export const snoozeReminder: Operation = (context) => {
  const { at } = readEventTime('newReminderTime', readParameters(context.request).get('newremindertime'));
  changeAppointment(eventOf(context), [
    ['item:ReminderIsSet', 'true'],
    ['item:ReminderDueBy', at.toISOString()],
  ]);
  return { status: 200 };
};

/** https://learn.microsoft.com/graph/api/event-dismissreminder */
export const dismissReminder: Operation = (context) => {
  changeAppointment(eventOf(context), [['item:ReminderIsSet', 'false']]);
  return { status: 200 };
};

function commentIn(parameters: ReadonlyMap<string, unknown>): Draft['body'] {
  const comment = parameters.get('comment') ?? '';
  if (typeof comment !== 'string') throw badRequest("The parameter 'Comment' has to be a text.");
  return { type: 'Text', content: comment };
}
