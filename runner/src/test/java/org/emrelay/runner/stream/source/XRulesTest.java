package org.emrelay.runner.stream.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.emrelay.runner.stream.StreamException;
import org.junit.jupiter.api.Test;

class XRulesTest {
    @Test
    void joinsTermsAndLanguages() {
        assertThat(XRules.values(List.of("spacex", "falcon 9"), List.of("en", "pt")))
                .containsExactly("(spacex OR \"falcon 9\") (lang:en OR lang:pt)");
        assertThat(XRules.values(List.of("spacex"), List.of("EN"))).containsExactly("spacex lang:en");
        assertThat(XRules.values(List.of("spacex", "nasa"), List.of())).containsExactly("spacex OR nasa");
    }

    @Test
    void quotesWhatCouldBeAnOperator() {
        assertThat(XRules.values(
                        List.of(
                                "or",
                                "And",
                                "-nasa",
                                "from:nasa",
                                "say \"hi\"",
                                "a\\b",
                                "#mars",
                                "@nasa",
                                "größe",
                                "(x)"),
                        List.of()))
                .containsExactly(
                        "\"or\" OR \"And\" OR \"-nasa\" OR \"from:nasa\" OR \"say \\\"hi\\\"\" OR \"a\\\\b\" OR #mars"
                                + " OR @nasa OR größe OR \"(x)\"");
    }

    @Test
    void splitsTermsIntoRulesThatXAccepts() {
        List<String> track = IntStream.range(0, 100)
                .mapToObj(i -> "a long phrase number " + i)
                .toList();

        List<XRules.Rule> rules = XRules.of(track, List.of("en"));

        assertThat(rules).allSatisfy(rule -> assertThat(rule.value().length()).isLessThanOrEqualTo(512));
        assertThat(rules).hasSize(6);
        assertThat(rules.stream().flatMap(rule -> rule.terms().stream())).containsExactlyElementsOf(track);
    }

    @Test
    void refusesATermThatFitsIntoNoRule() {
        assertThatThrownBy(() -> XRules.values(List.of("short", "x".repeat(510)), List.of("en")))
                .isInstanceOf(StreamException.class)
                .hasMessage("Track term \"" + "x".repeat(200)
                        + "…\" results in a rule of 518 characters, but X accepts at most 512. Shorten it, or use"
                        + " fewer languages.");
    }

    @Test
    void needsATerm() {
        assertThatThrownBy(() -> XRules.values(List.of(), List.of("en")))
                .isInstanceOf(StreamException.class)
                .hasMessage(
                        "Source \"x\" needs \"track\": X sends only posts that contain one of its words, and charges for"
                                + " each.");
    }
}
