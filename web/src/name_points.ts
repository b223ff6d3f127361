// Where districts' names stand while their khoroos are looked at. Pure.
//
// A district's own label point lies in its middle, which for most is empty land far from the city. The
// name stands where the district's khoroos are that are in view: at the label point nearest to their
// mean, which is inside the district for certain.

/** A khoroo's label point. */
export interface Spot {
  /** Feature id: district number × 1,000,000 + khoroo number. */
  id: number;
  district: string;
  lon: number;
  lat: number;
}

const KHOROOS_PER_DISTRICT = 1_000_000;

export interface NameFeature {
  type: 'Feature';
  /** The district's feature id. */
  id: number;
  geometry: { type: 'Point'; coordinates: [number, number] };
  properties: { name: string };
}

/** One point for each district that has a spot, in the order of ids. */
export function namePoints(spots: readonly Spot[], names: ReadonlyMap<string, string>): NameFeature[] {
  const districts = new Map<string, Spot[]>();
  for (const spot of new Map(spots.map((one) => [one.id, one])).values()) {
    districts.set(spot.district, [...(districts.get(spot.district) ?? []), spot]);
  }
  return [...districts].map(([code, own]): NameFeature => {
    const lon = own.reduce((sum, spot) => sum + spot.lon, 0) / own.length;
    const lat = own.reduce((sum, spot) => sum + spot.lat, 0) / own.length;
    // A degree of longitude is shorter here; for "nearest" a rough share will do.
    const squared = (spot: Spot): number => ((spot.lon - lon) * 0.67) ** 2 + (spot.lat - lat) ** 2;
    const nearest = own.reduce((a, b) => (squared(b) < squared(a) ? b : a));
    return {
      type: 'Feature',
      id: Math.floor(nearest.id / KHOROOS_PER_DISTRICT) * KHOROOS_PER_DISTRICT,
      geometry: { type: 'Point', coordinates: [nearest.lon, nearest.lat] },
      properties: { name: names.get(code) ?? code },
    };
  }).sort((a, b) => a.id - b.id);
}
