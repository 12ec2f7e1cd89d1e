import type { Page } from "playwright-core";

export interface Found {
  impact: string;
  count: number;
  text: string;
  where: string[];
}

export function accessFaults(page: Page, how?: { coloursOnly?: boolean }): Promise<Found[]>;
export function tooWide(page: Page): Promise<number>;
