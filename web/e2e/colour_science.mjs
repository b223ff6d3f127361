// How different two colours look, and how they look to colour-blind eyes.

const channels = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const times = (matrix, vector) => matrix.map((row) => row.reduce((sum, value, idx) => sum + value * vector[idx], 0));

/**
 * Linear RGB as dichromats see it, severity 1.
 *
 * Source: Machado, Oliveira, Fernandes 2009, "A Physiologically-based Model for Simulation of Color
 * Vision Deficiency", table 1.
 */
export const VISIONS = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

/** `#rrggbb` to CIE L*a*b* (D65), as an eye of this kind sees it. */
export function lab(hex, vision = VISIONS.normal) {
  const rgb = times(vision, channels(hex).map(linear)).map((c) => Math.min(1, Math.max(0, c)));
  const [x, y, z] = times([
    [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041],
  ], rgb);
  const f = (t) => (t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29);
  const [fx, fy, fz] = [f(x / 0.95047), f(y), f(z / 1.08883)];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

/** CIEDE2000 of two L*a*b* colours. Source: Sharma, Wu, Dalal 2005. */
export function difference([l1, a1, b1], [l2, a2, b2]) {
  const rad = Math.PI / 180;
  const pull = (c) => Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7));
  const g = 0.5 * (1 - pull((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2));
  const polar = (a, b) => {
    const c = Math.hypot(a * (1 + g), b);
    return { c, h: c === 0 ? 0 : (Math.atan2(b, a * (1 + g)) / rad + 360) % 360 };
  };
  const [p, q] = [polar(a1, b1), polar(a2, b2)];
  const product = p.c * q.c;
  let dh = product === 0 ? 0 : q.h - p.h;
  if (dh > 180) dh -= 360;
  if (dh < -180) dh += 360;
  const [dl, dc, dH] = [l2 - l1, q.c - p.c, 2 * Math.sqrt(product) * Math.sin((dh / 2) * rad)];
  const [l, c] = [(l1 + l2) / 2, (p.c + q.c) / 2];
  const far = Math.abs(p.h - q.h) > 180;
  const h = product === 0 ? p.h + q.h : far ? (p.h + q.h + (p.h + q.h < 360 ? 360 : -360)) / 2 : (p.h + q.h) / 2;
  const t = 1 - 0.17 * Math.cos((h - 30) * rad) + 0.24 * Math.cos(2 * h * rad) + 0.32 * Math.cos((3 * h + 6) * rad)
    - 0.2 * Math.cos((4 * h - 63) * rad);
  const sl = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const [sc, sh] = [1 + 0.045 * c, 1 + 0.015 * c * t];
  const rt = -Math.sin(60 * Math.exp(-(((h - 275) / 25) ** 2)) * rad) * 2 * pull(c);
  return Math.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dH / sh) ** 2 + rt * (dc / sc) * (dH / sh));
}
