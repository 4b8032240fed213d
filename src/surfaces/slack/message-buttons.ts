import type { types } from '@slack/bolt'
import type { Button } from '../chat/chat.ts'
import { plain } from './texts.ts'

/** A button of the chat core, or of Slack alone: the whole answer as a file. */
export type DriverButton = Omit<Button, 'kind'> & { readonly kind: Button['kind'] | FileKind }
/** How what is asked again was asked: see ChatRequest. */
export type FileKind = 'file-command' | 'file-words' | 'file-button'

/** How clicks are told from those of other apps' blocks. */
const PREFIX = 'cadastre'
const BUTTONS_MAX = 25
const LABEL_CHARACTERS_MAX = 75
const VALUE_CHARACTERS_MAX = 2_000

export const ACTION_ID = /^cadastre\./

/** Buttons in one row, which wraps on a phone. What does not fit Slack's bounds is left out. */
export function buttonBlocks(buttons: readonly DriverButton[]): types.ActionsBlock[] {
  const elements = buttons
    .filter(({ value }) => value !== '' && value.length <= VALUE_CHARACTERS_MAX)
    .slice(0, BUTTONS_MAX)
    .map(
      ({ label, value, kind }, at): types.Button => ({
        type: 'button',
        text: plain(label, LABEL_CHARACTERS_MAX),
        value,
        // Ids differ within a message.
        action_id: `${PREFIX}.${kind}.${at}`,
      }),
    )
  return elements.length === 0 ? [] : [{ type: 'actions', elements }]
}

/** What kind of button an action is; undefined: none of ours. */
export function kindOfAction(actionId: string): DriverButton['kind'] | undefined {
  const [prefix, kind] = actionId.split('.')
  return prefix === PREFIX ? KINDS.find(known => known === kind) : undefined
}

const KINDS: readonly DriverButton['kind'][] = ['ask', 'refresh', 'share', 'file-command', 'file-words', 'file-button']
