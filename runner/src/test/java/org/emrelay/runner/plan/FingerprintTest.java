package org.emrelay.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.junit.jupiter.api.Test;

final class FingerprintTest {

    @Test
    void reportsAddedRemovedAndChangedComponents() {
        Fingerprint previous = new Fingerprint(new TreeMap<>(Map.of("args.a", "1", "args.b", "2", "args.c", "3")));
        Fingerprint current = new Fingerprint(new TreeMap<>(Map.of("args.a", "1", "args.b", "4", "args.d", "5")));

        assertThat(current.changesSince(previous))
                .isEqualTo("args.b changed: 2 → 4, args.c removed (was 3), args.d added: 5");
        assertThat(current.changesSince(current)).isEmpty();
    }

    /** A secret could be guessed from its hash. */
    @Test
    void showsNoHashOfASecret() {
        Fingerprint one = fingerprintOfFlag(Argument.of(new Argument.Literal("p="), new Argument.Secret("one")));
        Fingerprint two = fingerprintOfFlag(Argument.of(new Argument.Literal("p="), new Argument.Secret("two")));
        Fingerprint none = fingerprint(new Arguments.Flags(List.of()));
        Fingerprint literal = fingerprintOfFlag(Argument.literal("p"));

        assertThat(two.changesSince(one)).isEqualTo("args.x changed");
        assertThat(two.changesSince(none)).isEqualTo("args.x added");
        assertThat(none.changesSince(two)).isEqualTo("args.x removed");
        assertThat(literal.changesSince(one)).isEqualTo("args.x changed");
        assertThat(one.changesSince(literal)).isEqualTo("args.x changed");
    }

    @Test
    void distinguishesNamesAndValuesThatConcatenateToTheSameText() {
        assertThat(new Fingerprint(new TreeMap<>(Map.of("ab", "c"))).value())
                .isNotEqualTo(new Fingerprint(new TreeMap<>(Map.of("a", "bc"))).value());
    }

    @Test
    void distinguishesTwoValuesFromOneWithAComma() {
        assertThat(fingerprintOfFlag(Argument.literal("a"), Argument.literal("b"))
                        .changesSince(fingerprintOfFlag(Argument.literal("a, b"))))
                .isEqualTo("args.x removed (was a, b), args.x[0] added: a, args.x[1] added: b");
    }

    @Test
    void distinguishesABareFlagFromAnEmptyValue() {
        assertThat(fingerprintOfFlag().value())
                .isNotEqualTo(fingerprintOfFlag(Argument.literal("")).value());
    }

    @Test
    void distinguishesEmptyFlagsFromAnEmptyList() {
        assertThat(fingerprint(new Arguments.Verbatim(List.of()))
                        .changesSince(fingerprint(new Arguments.Flags(List.of()))))
                .isEqualTo("args added: a list of words");
    }

    @Test
    void distinguishesAReferenceFromTheSameText() {
        assertThat(fingerprintOfFlag(Argument.of(new Argument.OutputUri()))
                        .changesSince(fingerprintOfFlag(Argument.literal("${output}"))))
                .isEqualTo("args.x changed: $${output} → ${output}");
        assertThat(fingerprintOfFlag(Argument.of(new Argument.Literal("$"), new Argument.OutputUri()))
                        .value())
                .isNotEqualTo(fingerprintOfFlag(Argument.literal("${output}")).value())
                .isNotEqualTo(fingerprintOfFlag(Argument.literal("$${output}")).value());
    }

    private static Fingerprint fingerprintOfFlag(Argument... values) {
        return fingerprint(new Arguments.Flags(List.of(new Arguments.Flag("x", List.of(values)))));
    }

    private static Fingerprint fingerprint(Arguments arguments) {
        Step step = TestSteps.step("s", arguments, SparkSettings.defaults());
        return Planner.plan(new Pipeline("p", List.of(step)), TestSteps.HASHES)
                .find(new StepName("s"))
                .orElseThrow()
                .fingerprint();
    }
}
