package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.model.Argument;

/** Finds the secrets in a text by the names before them, and the passwords in URIs. */
record SecretText(SecretNames names) {
    private static final String NAME = "(?:-D|--?)?(?<name>[A-Za-z_][\\w.\\-]*+)";

    /** {@code name=value} or {@code -Dname=value}: all that follows is the value. */
    private static final Pattern ASSIGNMENT = Pattern.compile(NAME + "=(?<value>.+)", Pattern.DOTALL);

    /** An assignment within a text, such as the query of a URI or one of several Java options. */
    private static final String EMBEDDED_ASSIGNMENT =
            NAME + "=(?:\"(?<doubleQuoted>[^\"]+)\"|'(?<singleQuoted>[^']+)'|(?<unquoted>[^\\s&;,\"'#]+))";

    private static final String JSON_MEMBER = "\"(?<key>[^\"\\\\]+)\"\\s*:\\s*"
            + "(?:\"(?<string>(?:[^\"\\\\]|\\\\.)+)\"|(?<number>-?[0-9][^\\s,}\\]]*))";

    private static final String USER_INFO = "[A-Za-z][A-Za-z0-9+.\\-]*+://[^\\s/?#:@]*:(?<password>[^\\s/?#]+)@";

    private static final Pattern EMBEDDED =
            Pattern.compile("(?<![\\w.\\-+])(?:" + EMBEDDED_ASSIGNMENT + "|" + USER_INFO + ")|" + JSON_MEMBER);

    private static final List<String> VALUES =
            List.of("doubleQuoted", "singleQuoted", "unquoted", "string", "number", "password");

    boolean hasSecret(String text) {
        return parts(text).stream().anyMatch(Argument.Secret.class::isInstance);
    }

    /** Splits a text into what may be printed and what may not. */
    List<Argument.Part> parts(String text) {
        Matcher assignment = ASSIGNMENT.matcher(text);
        if (assignment.matches() && names.isSecret(assignment.group("name"))) {
            int start = assignment.start("value");
            return List.of(new Argument.Literal(text.substring(0, start)), new Argument.Secret(text.substring(start)));
        }
        List<Argument.Part> parts = new ArrayList<>();
        int printed = 0;
        Matcher matcher = EMBEDDED.matcher(text);
        for (int from = 0; matcher.find(from); ) {
            String name = matcher.group("name") == null ? matcher.group("key") : matcher.group("name");
            String value = VALUES.stream()
                    .filter(group -> matcher.start(group) >= 0)
                    .findFirst()
                    .orElseThrow();
            from = matcher.start(value);
            // A password in a URI has no name. A value that is not a secret can contain assignments itself.
            if (name == null || names.isSecret(name)) {
                parts.add(new Argument.Literal(text.substring(printed, from)));
                parts.add(new Argument.Secret(matcher.group(value)));
                printed = matcher.end(value);
                from = printed;
            }
        }
        if (printed < text.length()) {
            parts.add(new Argument.Literal(text.substring(printed)));
        }
        return parts;
    }
}
