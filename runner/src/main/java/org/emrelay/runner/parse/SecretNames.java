package org.emrelay.runner.parse;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Recognizes names whose values are secrets and must not be printed.
 *
 * @param exceptions names that the user declared harmless, as {@link #normalized}
 */
record SecretNames(Set<String> exceptions) {
    static final SecretNames STANDARD = new SecretNames(Set.of());

    /** Long enough to count in any word, as in {@code PGPASSWORD}. */
    private static final Pattern IN_A_WORD =
            Pattern.compile("password(?!less)|passwd|passphrase|secret(?!ar)|credential"
                    + "|connectionstring|(access|api|auth|bearer|refresh|session)token"
                    + "|(access|account|api|auth|private|signing|storage)key");

    /** Short words and pairs of words, which would occur in harmless words too. */
    private static final Pattern WHOLE_WORDS =
            Pattern.compile("_(pwd|pw|pass|pat|jwt|bearer|token|pass_word|pass_phrase|connection_string"
                    + "|(access|account|api|auth|client|deploy|encryption|hmac|license|master|private|service|session"
                    + "|shared|signing|ssh|storage)_key)_");

    /** The name of a header. A setting whose name ends so is none. */
    private static final Pattern AUTHORIZATION_HEADER = Pattern.compile("_((http|proxy|x)_)?authorization_");

    /** A name that ends in one of these is about a secret: a count, an address or the name under which it is stored. */
    private static final Pattern ABOUT_A_SECRET = Pattern.compile(
            ".*_(algorithm|arn|class|col|column|columns|count|counts|duration|enabled|endpoint|expiry|file|format|header|id"
                    + "|index|kind|length|limit|name|names|path|pattern|policy|prefix|provider|providers|rate|regex|region|rotation"
                    + "|rules|service|size|store|timeout|ttl|type|uri|url|validity|version)_");

    /** The special tokens of language models. */
    private static final Pattern SPECIAL_TOKEN =
            Pattern.compile("_(bos|cls|end|eos|mask|pad|sep|special|start|stop|unk)_token_");

    private static final Pattern CAMEL_CASE_BOUNDARY =
            Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
    private static final Pattern WORD_SEPARATOR = Pattern.compile("[^a-z]+");

    SecretNames {
        exceptions = Set.copyOf(exceptions);
    }

    static SecretNames except(List<String> names) {
        return new SecretNames(names.stream().map(SecretNames::normalized).collect(Collectors.toSet()));
    }

    boolean isSecret(String name) {
        String words = "_" + normalized(name) + "_";
        boolean namesSecret = IN_A_WORD.matcher(words).find()
                || WHOLE_WORDS.matcher(words).find()
                || AUTHORIZATION_HEADER.matcher(words).matches();
        return namesSecret
                && !ABOUT_A_SECRET.matcher(words).matches()
                && !SPECIAL_TOKEN.matcher(words).find()
                && !exceptions.contains(normalized(name));
    }

    /** The words of a name in lower case, without digits: {@code api_key} for {@code --apiKey1}. */
    private static String normalized(String name) {
        String snakeCase = CAMEL_CASE_BOUNDARY.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
        return WORD_SEPARATOR.matcher(snakeCase).replaceAll("_").replaceAll("^_|_$", "");
    }
}
