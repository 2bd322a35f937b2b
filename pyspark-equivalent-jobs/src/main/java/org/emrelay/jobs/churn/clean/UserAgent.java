package org.emrelay.jobs.churn.clean;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operating system and device in a browser user agent.
 *
 * @param system operating system with its relevant version: Windows 7, OS X 10.9, iOS 7
 * @param platform the kind of device: Windows, Macintosh, iPhone
 */
record UserAgent(String system, String platform) {
    private static final String OTHER = "other";
    private static final Map<String, String> WINDOWS_NAMES = Map.of(
            "5.0", "Windows 2000",
            "5.1", "Windows XP",
            "5.2", "Windows XP",
            "6.0", "Windows Vista",
            "6.1", "Windows 7",
            "6.2", "Windows 8",
            "6.3", "Windows 8.1",
            "10.0", "Windows 10");
    private static final Pattern WINDOWS_VERSION = Pattern.compile("Windows NT (\\d+\\.\\d+)");
    private static final Pattern APPLE_VERSION = Pattern.compile("Mac OS X (\\d+)[._]?(\\d*)");
    private static final Pattern PHONE_VERSION = Pattern.compile(" OS (\\d+)_");
    private static final Pattern ANDROID_VERSION = Pattern.compile("Android (\\d+)");

    UserAgent {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(platform, "platform");
    }

    static UserAgent of(String text) {
        // Browsers of some systems imitate others, so the imitators are matched first.
        if (text.contains("Windows Phone")) {
            return new UserAgent("Windows Phone", "Windows Phone");
        }
        for (String phone : new String[] {"iPhone", "iPad", "iPod"}) {
            if (text.contains(phone)) {
                return new UserAgent(versioned("iOS", PHONE_VERSION, text), phone);
            }
        }
        if (text.contains("Android")) {
            return new UserAgent(versioned("Android", ANDROID_VERSION, text), "Android");
        }
        if (text.contains("Windows")) {
            return new UserAgent(windows(text), "Windows");
        }
        if (text.contains("Macintosh")) {
            return new UserAgent(macintosh(text), "Macintosh");
        }
        if (text.contains("CrOS")) {
            return new UserAgent("Chrome OS", "Chromebook");
        }
        return text.contains("Linux") || text.contains("X11")
                ? new UserAgent("Linux", "Linux")
                : new UserAgent(OTHER, OTHER);
    }

    private static String windows(String text) {
        Matcher version = WINDOWS_VERSION.matcher(text);
        return version.find()
                ? WINDOWS_NAMES.getOrDefault(version.group(1), "Windows NT " + version.group(1))
                : "Windows";
    }

    private static String macintosh(String text) {
        Matcher version = APPLE_VERSION.matcher(text);
        if (!version.find()) {
            return "OS X";
        }
        String major = version.group(1);
        String minor = version.group(2);
        return !major.equals("10") ? "macOS " + major : minor.isEmpty() ? "OS X 10" : "OS X 10." + minor;
    }

    private static String versioned(String name, Pattern pattern, String text) {
        Matcher version = pattern.matcher(text);
        return version.find() ? name + " " + version.group(1) : name;
    }
}
