package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.runner.run.Plans.name;
import static org.emrelay.runner.run.Plans.plans;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.run.RunPreview.Reuses;
import org.emrelay.runner.run.RunPreview.Runs;
import org.junit.jupiter.api.Test;

/** What a new run reuses of all earlier ones, and why it runs the other steps. */
final class ResultHistoryTest {
    private final RunFixture fixture = new RunFixture();
    private int runs;

    private static Plans chain(String maxWords) {
        return plans().step("words")
                .step("counts", "words")
                .argument("counts", maxWords)
                .step("clouds", "counts");
    }

    private RunId add(Plans plans) throws IOException {
        Run run = plans.run("20261121-00000" + ++runs + "-ab3f", new Reuse.OfAllRuns());
        new RunStore(fixture.platform.workspace).add(run);
        return run.id();
    }

    private RunId execute(Plans plans) throws IOException {
        RunId id = add(plans);
        fixture.execute(new RunStore(fixture.platform.workspace).load(id));
        return id;
    }

    private RunPreview preview(Plans plans, Selection selection) throws IOException {
        return RunPreview.of(
                plans.plan(), selection, new Reuse.OfAllRuns(), fixture.journals, fixture.platform.workspace);
    }

    private RunPreview preview(Plans plans) throws IOException {
        return preview(plans, Selection.NONE);
    }

    @Test
    void anEarlierParameterFindsItsResultAgain() throws IOException {
        RunId first = execute(chain("300"));
        execute(chain("500"));

        assertThat(preview(chain("300")).decisions().values())
                .allSatisfy(decision -> assertThat(decision)
                        .isInstanceOfSatisfying(
                                Reuses.class,
                                reuses -> assertThat(reuses.from()).isEqualTo(first)));
    }

    /** Which would cost the next run everything if only the newest run counted. */
    @Test
    void runsThatWereOnlyAddedHideNothing() throws IOException {
        RunId first = execute(chain("300"));
        add(chain("300"));

        assertThat(preview(chain("300")).decisions().get(name("words")))
                .isEqualTo(new Reuses(first, "memory:/output/clouds/" + first + "/words", ""));
    }

    @Test
    void theNewestResultOfThePipelineExplainsWhyAStepRuns() throws IOException {
        execute(chain("200"));
        execute(chain("300"));

        RunPreview preview = preview(chain("500"));

        assertThat(preview.decisions().get(name("counts"))).isEqualTo(new Runs("args.max-words changed: 300 → 500"));
        assertThat(preview.decisions().get(name("clouds"))).isEqualTo(new Runs("counts runs again"));
    }

    @Test
    void anOlderEqualResultServesIfTheNewestIsGone() throws IOException {
        RunId first = execute(chain("300"));
        RunId second = execute(chain("300").argument("words", "10"));
        RunId third = execute(chain("300"));
        assertThat(third).isGreaterThan(second);
        fixture.platform.workspace.outputs.keySet().removeIf(uri -> uri.contains(second.value()));

        assertThat(preview(chain("300")).decisions().get(name("words")))
                .isEqualTo(new Reuses(first, "memory:/output/clouds/" + first + "/words", ""));
    }

    @Test
    void aDamagedRunIsLeftOut() throws IOException {
        RunId first = execute(chain("300"));
        RunId second = execute(chain("300"));
        fixture.platform.workspace.files.put("runs/" + second + "/run.json", "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(preview(chain("300")).decisions().get(name("words")))
                .isEqualTo(new Reuses(first, "memory:/output/clouds/" + first + "/words", ""));
    }

    @Test
    void aSelectedStepReadsTheNewestUsableResultAlthoughItIsOutdated() throws IOException {
        execute(chain("300"));
        RunId second = execute(chain("300").argument("words", "10"));

        RunPreview preview = preview(
                chain("300").argument("words", "20"), new Selection(Set.of(), Set.of(name("counts")), Set.of()));

        assertThat(preview.decisions().get(name("words")))
                .isEqualTo(new Reuses(
                        second, "memory:/output/clouds/" + second + "/words", "args.max-words changed: 10 → 20"));
    }

    @Test
    void aSelectionWithoutUsableInputsIsRefused() throws IOException {
        add(chain("300"));

        assertThatThrownBy(() -> preview(chain("300"), new Selection(Set.of(), Set.of(name("counts")), Set.of())))
                .isInstanceOf(SelectionException.class)
                .hasMessage("--only: counts needs the output of words, which never finished in 20261121-000001-ab3f."
                        + " Select words too.");
    }

    @Test
    void journalsAreReadOnlyOfRunsThatMayFit() throws IOException {
        execute(chain("300"));
        for (int other = 0; other < 5; other++) {
            execute(chain("400" + other).argument("words", "1" + other));
        }
        fixture.journals.reads = 0;

        preview(chain("300"));

        assertThat(fixture.journals.reads).isEqualTo(1);
    }
}
