import type { Page } from "playwright-core";

export interface Found {
  impact: string;
  count: number;
  text: string;
  where: string[];
}

export function accessFaults(page: Page): Promise<Found[]>;
export function tooWide(page: Page): Promise<number>;
