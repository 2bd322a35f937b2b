package org.emrelay.runner.parse;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells by a name whether what stands under it must never be printed. */
final class SecretNames {
    private static final Set<String> LAST_WORDS =
            Set.of("password", "secret", "token", "credential", "credentials", "apikey");
    /** Keys are secret only when a word says what they open. */
    private static final Set<String> KEYS = Set.of("api", "secret", "private");

    private static final Pattern CAPITAL = Pattern.compile("([a-z0-9])([A-Z])");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9]+");

    private SecretNames() {}

    static boolean isSecret(String name) {
        String separated = CAPITAL.matcher(name).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
        List<String> words = List.of(BETWEEN_WORDS.split(separated, -1));
        String last = words.get(words.size() - 1);
        boolean key = last.equals("key") && words.size() > 1 && KEYS.contains(words.get(words.size() - 2));
        return key || LAST_WORDS.contains(last);
    }
}
