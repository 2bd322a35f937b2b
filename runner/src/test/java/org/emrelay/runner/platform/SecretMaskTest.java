package org.emrelay.runner.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Argument.Secret;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.plan.SparkSubmit;
import org.junit.jupiter.api.Test;

final class SecretMaskTest {
    private static SecretMask mask(String... secrets) {
        List<Argument> arguments =
                Stream.of(secrets).map(Secret::new).map(Argument::of).toList();
        return SecretMask.of(new SparkSubmit(
                Argument.literal("job.py"), null, SparkSettings.<Argument>defaults(), arguments, false));
    }

    @Test
    void findsSpellingsAndTheLongestSecret() {
        assertThat(mask("hush \"9\"", "hush \"9\" and more", "abc")
                        .mask("a=hush+%229%22 b=hush \\\"9\\\" c=hush \"9\" and more, abc"))
                .isEqualTo("a=**** b=**** c=****, abc");
    }

    @Test
    void findsEscapedSpellings() {
        SecretMask mask = mask("it's \\ a/b *~\n");

        assertThat(mask.mask("bad 'it\\'s \\\\ a/b *~\\n'"))
                .as("Python's repr in single quotes")
                .isEqualTo("bad '****'");
        assertThat(mask.mask("bad \"it's \\\\ a/b *~\\n\""))
                .as("Python's repr in double quotes")
                .isEqualTo("bad \"****\"");
        assertThat(mask.mask("?p=it%27s%20%5C%20a%2Fb%20%2A~%0A&"))
                .as("quote(safe='')")
                .isEqualTo("?p=****&");
        assertThat(mask.mask("?p=it%27s%20%5c%20a/b%20%2a~%0a&"))
                .as("quote, lower case")
                .isEqualTo("?p=****&");
        assertThat(mask.mask("?p=it%27s+%5C+a%2Fb+%2A~%0A&")).as("quote_plus").isEqualTo("?p=****&");
        assertThat(mask("pässwort").mask("{\"p\": \"p\\u00e4sswort\"}"))
                .as("json.dumps")
                .isEqualTo("{\"p\": \"****\"}");
    }

    @Property(tries = 300)
    void findsTheSpellingsOfAnySecret(
            @ForAll
                    @Chars({'a', 'Z', '0', ' ', '+', '/', '%', '\'', '"', '\\', '\n', '\t', '*', '~', 'n', 'ä', '€'})
                    @StringLength(min = 4, max = 12)
                    String secret) {
        SecretMask mask = mask(secret);

        for (String spelling : List.of(
                secret,
                spelled(secret, SecretMaskTest::percentEncoded),
                spelled(secret, SecretMaskTest::percentEncoded)
                        .toLowerCase(Locale.ROOT)
                        .replace("z", "Z"),
                spelled(secret, character -> character.equals(" ") ? "+" : percentEncoded(character)),
                spelled(secret, SecretMaskTest::reprEscaped),
                spelled(secret, character -> character.equals("'") ? "\\'" : reprEscaped(character)),
                spelled(secret, character -> character.equals("\"") ? "\\\"" : reprEscaped(character)))) {
            assertThat(mask.mask("<" + spelling + ">")).as(spelling).isEqualTo("<****>");
        }
    }

    private static String spelled(String text, UnaryOperator<String> spelling) {
        return text.codePoints().mapToObj(Character::toString).map(spelling).collect(Collectors.joining());
    }

    private static String percentEncoded(String character) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : character.getBytes(StandardCharsets.UTF_8)) {
            encoded.append(String.format("%%%02X", octet));
        }
        return character.matches("[A-Za-z0-9_.~-]") ? character : encoded.toString();
    }

    private static String reprEscaped(String character) {
        return switch (character) {
            case "\\" -> "\\\\";
            case "\n" -> "\\n";
            case "\t" -> "\\t";
            default -> character;
        };
    }

    @Test
    void findsTheSecretsOfSettings() {
        SparkSettings<Argument> settings = SparkSettings.<Argument>defaults()
                .withConf(Map.of("spark.x.secret", Argument.of(new Secret("conf-hush"))))
                .withEnv(Map.of("TOKEN", Argument.of(new Secret("env-hush"))));

        assertThat(SecretMask.of(new SparkSubmit(Argument.literal("job.py"), null, settings, List.of(), false))
                        .mask("conf-hush, env-hush"))
                .isEqualTo("****, ****");
    }

    /** A message shows a few lines of a key, or indents them. */
    @Test
    void masksTheLinesOfAMultiLineSecret() {
        String key = "-----BEGIN KEY-----\n  canary-line-1\r\ncanary\n}\n-----END";

        assertThat(mask(key)
                        .mask("bad key -----BEGIN KEY-----\n    canary-line-1\n    canary\n    }\n    -----END\nend"))
                .isEqualTo("bad key ****\n    ****\n    ****\n    }\n    ****\nend");
        assertThat(mask(key).mask("bad key " + key + "!")).isEqualTo("bad key ****!");
    }

    @Test
    void masksTheLinesOfASecretWithEscapedLineBreaks() {
        assertThat(mask("-----BEGIN\\ncanary-line-1\\n-----END").mask("bad key -----BEGIN\ncanary-line-1\n-----END"))
                .isEqualTo("bad key ****\n****\n****");
    }
}
