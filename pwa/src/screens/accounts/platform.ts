/** Which way to the home screen this device has. A guess for a start: the person can say. */

export const PLATFORMS = ["apple", "android", "desktop"] as const;
export type Platform = (typeof PLATFORMS)[number];

/** iPads call themselves a Macintosh, but no Macintosh has a touch screen. */
export function platformOf(userAgent: string, touchPoints: number): Platform {
  if (/iPhone|iPad|iPod/.test(userAgent)) return "apple";
  if (/Macintosh/.test(userAgent) && touchPoints > 1) return "apple";
  return /Android/.test(userAgent) ? "android" : "desktop";
}

/** How many steps of words each way has: `accounts.install_<platform>_<step>`. */
export const INSTALL_STEPS = {
  apple: ["accounts.install_apple_1", "accounts.install_apple_2", "accounts.install_apple_3"],
  android: ["accounts.install_android_1", "accounts.install_android_2"],
  desktop: ["accounts.install_desktop_1", "accounts.install_desktop_2"],
} as const satisfies Record<Platform, readonly string[]>;
