package org.sparkpipelines.runner.spec;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells by a name whether what stands under it must never be printed. */
final class SecretNames {
    private static final Set<String> LAST_WORDS =
            Set.of("password", "secret", "token", "credential", "credentials", "apikey");
    /** Keys are secret only when a word says what they open. */
    private static final Set<String> KEYS = Set.of("api", "secret", "private");

    private SecretNames() {}

    static boolean isSecret(String name) {
        List<String> words = List.of(name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .split("[^a-z0-9]+", -1));
        String last = words.get(words.size() - 1);
        boolean key = last.equals("key") && words.size() > 1 && KEYS.contains(words.get(words.size() - 2));
        return key || LAST_WORDS.contains(last);
    }
}
