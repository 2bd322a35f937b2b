package org.emrelay.runner.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
