package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.run.Plans.name;
import static org.emrelay.runner.run.Plans.plans;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.OutputSummary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which outputs of old runs are kept. */
final class RunRetentionTest {
    private final RunFixture fixture = new RunFixture();
    private int runs;

    private static Plans chain(String maxWords) {
        return plans().step("words").step("counts", "words").argument("counts", maxWords);
    }

    private RunId add(Plans plans, @Nullable Reuse reuse) throws IOException {
        Run run = plans.run("20261121-00000" + ++runs + "-ab3f", reuse);
        new RunStore(fixture.platform.workspace).add(run);
        return run.id();
    }

    private RunId execute(Plans plans, @Nullable Reuse reuse, Selection selection) throws IOException {
        RunId id = add(plans, reuse);
        fixture.execute(new RunStore(fixture.platform.workspace).load(id), selection);
        return id;
    }

    private RunId execute(String maxWords) throws IOException {
        return execute(chain(maxWords), null, Selection.NONE);
    }

    private List<String> unneeded(RunRetention retention, RunId... executed) throws IOException {
        return retention.find(Set.of(executed), fixture.journals, fixture.platform.workspace).stream()
                .map(old -> old.run().id() + " " + old.steps())
                .toList();
    }

    private List<String> unneeded() throws IOException {
        return unneeded(new RunRetention(1, null, false));
    }

    @Test
    void anOlderEqualResultIsNotNeeded() throws IOException {
        RunId first = execute("300");
        execute("300");

        assertThat(unneeded()).containsExactly(first + " [words, counts]");
    }

    @Test
    void theNewestResultOfEachParameterIsNeeded() throws IOException {
        RunId first = execute("300");
        RunId second = execute("500");
        execute("700");

        assertThat(unneeded()).containsExactly(second + " [words]", first + " [words]");
    }

    @Test
    void outdatedResultsAreNotNeeded() throws IOException {
        RunId first = execute("300");
        RunId second = execute("500");
        execute("700");

        assertThat(unneeded(new RunRetention(1, null, true)))
                .containsExactly(second + " [words, counts]", first + " [words, counts]");
        assertThat(unneeded(new RunRetention(2, null, true))).containsExactly(first + " [words, counts]");
    }

    @Test
    void aResultThatAKeptRunHasReusedIsNeeded() throws IOException {
        RunId first = execute("300");
        execute(chain("500"), new Reuse.OfAllRuns(), Selection.NONE);

        assertThat(unneeded(new RunRetention(1, null, true))).containsExactly(first + " [counts]");
    }

    /** An older one that is current comes back when the steps are what they were. */
    @Test
    void aResultOfOutdatedInputsDoesNotReplaceACurrentOne() throws IOException {
        Plans changed = plans().step("words").argument("words", "other").step("counts", "words");
        RunId current = execute(changed, null, Selection.NONE);
        fixture.platform.workspace.outputs.remove("memory:/output/clouds/" + current + "/words");
        execute("300");
        execute(changed, new Reuse.OfAllRuns(), new Selection(Set.of(), Set.of(name("counts")), Set.of()));
        execute("700");

        assertThat(unneeded()).contains(current + " [words]");
    }

    @Test
    void aChangedOutputIsKept() throws IOException {
        RunId first = execute("300");
        execute("300");
        fixture.platform.workspace.outputs.put(
                "memory:/output/clouds/" + first + "/words", new OutputSummary(2, 20, "edited"));

        assertThat(unneeded()).containsExactly(first + " [counts]");
    }

    @Test
    void aPartlyDeletedOutputIsNoWorkOfTheUser() throws IOException {
        RunId first = execute("300");
        execute("300");
        String words = "memory:/output/clouds/" + first + "/words";
        fixture.platform.workspace.outputs.put(words, new OutputSummary(1, 10, "rest"));
        fixture.platform.workspace.partlyDeleted.add(words);

        assertThat(unneeded()).containsExactly(first + " [words, counts]");
    }

    @Test
    void foldersThatRemainingOutputsReferToAreNeeded() throws IOException {
        RunId first = execute("300");
        RunId second = execute("300");
        RunId third = execute("300");
        refer(second, "hour-1");
        refer(third, "hour-2");

        assertThat(new RunRetention(1, null, false).find(Set.of(), fixture.journals, fixture.platform.workspace))
                .extracting(old -> old.run().id() + " " + old.neededFolders())
                .containsExactly(second + " [hour-2]", first + " [hour-2]");
    }

    private void refer(RunId run, String folder) {
        fixture.platform.workspace.references.put("memory:/output/clouds/" + run + "/words", Set.of(folder));
    }

    @Test
    void youngRunsAreKept() throws IOException {
        RunId first = execute("300");
        execute("300");
        Instant created = FakeClock.START;

        assertThat(unneeded(new RunRetention(1, created, false))).isEmpty();
        assertThat(unneeded(new RunRetention(1, created.plus(Duration.ofDays(1)), false)))
                .containsExactly(first + " [words, counts]");
    }

    @Test
    void whatAnExecutedRunUsesIsKept() throws IOException {
        RunId first = execute("300");
        RunId second = execute("300");
        execute("300");
        RunId reader = add(chain("300"), new Reuse.OfRun(first));
        execute("300");

        assertThat(unneeded(new RunRetention(1, null, true)))
                .extracting(run -> run.replaceFirst(" .*", ""))
                .contains(first.value(), second.value());
        assertThat(unneeded(new RunRetention(1, null, true), reader))
                .extracting(run -> run.replaceFirst(" .*", ""))
                .contains(second.value())
                .doesNotContain(first.value(), reader.value());
    }
}
