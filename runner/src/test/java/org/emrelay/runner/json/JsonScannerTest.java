package org.emrelay.runner.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
    private static Map<String, String> scan(String json, String... paths) throws MalformedJsonException {
        return JsonScanner.scan(json.getBytes(StandardCharsets.UTF_8), Set.of(paths));
    }

    @Test
    void returnsTheValuesAtThePaths() throws MalformedJsonException {
        String json = """
                {"a": {"b": "ü", "c": {"d": 1.50}, "x": [{"b": 2}]}, "b": [1], "e": true, "f": null, "a": {"b": "second"}}
                """;

        assertThat(scan(json, "a.b", "a.c.d", "b", "e", "f", "a.c", "g"))
                .isEqualTo(Map.of("a.b", "ü", "a.c.d", "1.50", "e", "true"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "1", "{", "{\"a\":1}{}", "{\"a\":}", "{\"b\":[}", "{\"b\":\"\u0001\"}", "no json"})
    void refusesWhatIsNoObject(String json) {
        assertThatThrownBy(() -> scan(json, "a")).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void refusesDeepNestingInWhatItSkips() {
        assertThatThrownBy(() -> scan("{\"b\":" + "[".repeat(101) + "]".repeat(101) + "}", "a"))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void refusesInvalidUtf8() {
        byte[] json = {'{', '"', 'b', '"', ':', '"', (byte) 0xff, '"', '}'};

        assertThatThrownBy(() -> JsonScanner.scan(json, Set.of("a"))).isInstanceOf(MalformedJsonException.class);
    }
}
