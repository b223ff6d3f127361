// A place typed as two numbers.

export interface Place {
  lon: number;
  lat: number;
}

/**
 * Reads `106.92, 47.92` (longitude first, as everywhere here) in decimal degrees, with comma,
 * semicolon or space between; `null` if the text is none. Latitude first, as map sites copy it, is
 * understood where the order cannot be meant otherwise.
 */
export function readCoordinates(text: string): Place | null {
  const match = /^\s*(-?\d{1,3}(?:\.\d+)?)°?\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)°?\s*$/.exec(text);
  if (!match) return null;
  const [first, second] = [Number(match[1]), Number(match[2])];
  const [lon, lat] = Math.abs(second) > 90 && Math.abs(first) <= 90 ? [second, first] : [first, second];
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? { lon, lat } : null;
}
