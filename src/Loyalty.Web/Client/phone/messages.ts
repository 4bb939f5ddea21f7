import type { Values } from './tools';

// The server's messages; see Live/PhoneMessages.cs.

export interface Item {
  id: string;
  slot: string;
  text: string;
  count: number | null;
  by: string | null;
  status: string;
}

export interface Items {
  activity: string;
  revision: number;
  changed: Item[];
  order: string[];
  full: boolean;
}

export interface Stage {
  revision: number;
  activity: string | null;
  phase: string;
  status: string;
  html: string;
  timerEndsAt: string | null;
  timerRemainingSeconds: number | null;
  anonymity: string | null;
  now: number;
  untouched: boolean;
  items: Items | null;
}

export interface Own {
  activity: string;
  answered: boolean;
  fields: Values;
  items: Item[];
  marks: string[];
}

export interface HelloReply {
  stage: Stage;
  own: Own | null;
  now: number;
}

export interface FieldError {
  field: string;
  sentence: string;
}

export interface SubmitReply {
  state: 'saved' | 'refused' | 'unavailable';
  sentence: string;
  errors: FieldError[];
  own: Own | null;
}
