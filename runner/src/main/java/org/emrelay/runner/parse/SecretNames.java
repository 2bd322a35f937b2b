package org.emrelay.runner.parse;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Recognizes names whose values are secrets and must not be printed. */
final class SecretNames {
    private static final Set<String> SECRET_LAST_WORDS =
            Set.of("password", "secret", "token", "credential", "credentials", "apikey");
    /** A name ending in "key" is a secret only after one of these words. */
    private static final Set<String> SECRET_KEY_PREFIXES = Set.of("api", "secret", "private");

    private static final Pattern CAMEL_CASE_BOUNDARY = Pattern.compile("([a-z0-9])([A-Z])");
    private static final Pattern WORD_SEPARATOR = Pattern.compile("[^a-z0-9]+");

    private SecretNames() {}

    static boolean isSecret(String name) {
        String snakeCase = CAMEL_CASE_BOUNDARY.matcher(name).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
        List<String> words = List.of(WORD_SEPARATOR.split(snakeCase, -1));
        String last = words.get(words.size() - 1);
        boolean isSecretKey =
                last.equals("key") && words.size() > 1 && SECRET_KEY_PREFIXES.contains(words.get(words.size() - 2));
        return isSecretKey || SECRET_LAST_WORDS.contains(last);
    }
}
