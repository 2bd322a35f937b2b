package org.emrelay.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.model.Template;
import org.junit.jupiter.api.Test;

final class FingerprintTest {

    @Test
    void tellsWhatIsNewGoneAndChanged() {
        Fingerprint before = new Fingerprint(new TreeMap<>(Map.of("args.a", "1", "args.b", "2", "args.c", "3")));
        Fingerprint now = new Fingerprint(new TreeMap<>(Map.of("args.a", "1", "args.b", "4", "args.d", "5")));

        assertThat(now.difference(before)).isEqualTo("args.b changed: 2 → 4, args.c is gone (was 3), args.d is new: 5");
        assertThat(now.difference(now)).isEmpty();
    }

    @Test
    void tellsTextsApartThatRunTogether() {
        assertThat(new Fingerprint(new TreeMap<>(Map.of("ab", "c"))).value())
                .isNotEqualTo(new Fingerprint(new TreeMap<>(Map.of("a", "bc"))).value());
    }

    @Test
    void tellsTwoValuesFromOneWithAComma() {
        assertThat(flag(Template.literal("a"), Template.literal("b")).difference(flag(Template.literal("a, b"))))
                .isEqualTo("args.x is gone (was a, b), args.x[0] is new: a, args.x[1] is new: b");
    }

    @Test
    void tellsABareFlagFromOneWithAnEmptyValue() {
        assertThat(flag().value()).isNotEqualTo(flag(Template.literal("")).value());
    }

    @Test
    void tellsNoFlagsFromNoWords() {
        assertThat(fingerprint(new Arguments.Verbatim(List.of()))
                        .difference(fingerprint(new Arguments.Flags(List.of()))))
                .isEqualTo("args is new: a list of words");
    }

    @Test
    void tellsAPlaceFromTextThatLooksLikeOne() {
        assertThat(flag(Template.of(new Template.OutputUri())).difference(flag(Template.literal("${output}"))))
                .isEqualTo("args.x changed: $${output} → ${output}");
        assertThat(flag(Template.of(new Template.Literal("$"), new Template.OutputUri()))
                        .value())
                .isNotEqualTo(flag(Template.literal("${output}")).value())
                .isNotEqualTo(flag(Template.literal("$${output}")).value());
    }

    private static Fingerprint flag(Template... values) {
        return fingerprint(new Arguments.Flags(List.of(new Arguments.Flag("x", List.of(values)))));
    }

    private static Fingerprint fingerprint(Arguments arguments) {
        Step step = Steps.step("s", arguments, SparkSettings.defaults());
        return Planner.plan(new Pipeline("p", List.of(step)), Steps.FACTS)
                .find(new StepName("s"))
                .orElseThrow()
                .fingerprint();
    }
}
