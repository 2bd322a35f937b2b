package org.emrelay.runner.platform.file;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The user's cache directory of Emrelay. Everything in it can be deleted at any time. */
public final class CacheDirectory {
    private CacheDirectory() {}

    /** The directory below XDG_CACHE_HOME or HOME; empty if neither is set. */
    public static Optional<Path> of(Map<String, String> environment) {
        String xdgCacheHome = environment.getOrDefault("XDG_CACHE_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        if (xdgCacheHome.startsWith("/")) {
            return Optional.of(Path.of(xdgCacheHome, "emrelay"));
        }
        return home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home, ".cache", "emrelay"));
    }
}
