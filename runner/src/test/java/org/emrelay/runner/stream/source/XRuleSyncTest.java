package org.emrelay.runner.stream.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.runner.stream.source.XFixture.RULES;
import static org.emrelay.runner.stream.source.XFixture.answer;
import static org.emrelay.runner.stream.source.XFixture.chunks;
import static org.emrelay.runner.stream.source.XFixture.post;
import static org.emrelay.runner.stream.source.XFixture.read;

import java.time.Duration;
import org.emrelay.runner.stream.StreamException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class XRuleSyncTest {
    private final XFixture fixture = new XFixture();

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    void createsMissingRulesAndDeletesOnlyItsOwnOnes() throws Exception {
        FakeX x = fixture.x(chunks(post(1) + "\n"))
                .withRule("cats", "mine")
                .withRule("old", "emrelay:launches")
                .withRule("spacex", "emrelay:launches")
                .withRule("older", "emrelay:launches")
                .withRule("dogs", "emrelay:launches2");
        XSource source = fixture.source(x, FakeX.TOKEN, "falcon 9", "spacex");

        read(source, 1);

        assertThat(x.rules())
                .containsExactly("mine cats", "emrelay:launches2 dogs", "emrelay:launches \"falcon 9\" OR spacex");
        assertThat(source.status().state())
                .isEqualTo("connected; X also sends, and charges for, posts that 2 other rules match");
        assertThat(source.deleteRules()).isEqualTo(1);
        assertThat(x.rules()).containsExactly("mine cats", "emrelay:launches2 dogs");
    }

    @Test
    void acceptsARuleThatExistsWithAnotherTag() throws Exception {
        FakeX x = fixture.x(chunks(post(1) + "\n")).withRule("spacex", "mine");

        assertThat(read(fixture.source(x), 1)).containsExactly(post(1));
        assertThat(x.rules()).containsExactly("mine spacex");
    }

    @Test
    void namesTheTermThatXRefusesAndLeavesNoRule() throws Exception {
        FakeX x = fixture.x();
        XSource source = fixture.source(x, FakeX.TOKEN, "spacex", "is refused", "w".repeat(500));

        assertThatThrownBy(() -> source.read(Duration.ofSeconds(20)))
                .isInstanceOf(StreamException.class)
                .hasMessage(
                        "X rejected track term \"is refused\" (UnprocessableEntity: no viable alternative at character"
                                + " 'r'). Change \"track\" or \"languages\" in the stream file.");
        assertThat(x.rules()).isEmpty();
    }

    @Test
    void createsItsRulesAgainIfTheyAreGone() throws Exception {
        FakeX x = fixture.x(
                answer(409, "{\"title\":\"ConnectionException\",\"connection_issue\":\"RuleConfigurationIssue\"}"),
                chunks(post(1) + "\n"));

        read(fixture.source(x), 1);

        assertThat(x.requests())
                .filteredOn(request -> request.equals("GET " + RULES))
                .hasSize(2);
    }

    @Test
    void deletingGivesUpIfXDoesNotAnswer() throws Exception {
        ScriptedServer silent = new ScriptedServer();
        fixture.closeLater(silent);
        XSource source = fixture.source("http://127.0.0.1:" + silent.port(), FakeX.TOKEN, "spacex");

        assertThatThrownBy(source::deleteRules)
                .isInstanceOf(StreamException.class)
                .hasMessageStartingWith("X did not delete the rules (")
                .hasMessageEndingWith("). Wait some minutes.");
        assertThat(fixture.time().slept()).isEqualTo(Duration.ofMillis(250 + 500 + 750 + 1_000));
    }
}
