package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.runner.run.Plans.plans;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.RunId;
import org.junit.jupiter.api.Test;

final class RunStoreTest {
    private final InMemoryWorkspace workspace = new InMemoryWorkspace();
    private final RunStore store = new RunStore(workspace);

    @Test
    void addedRunCanBeLoadedByAnotherProcess() throws IOException {
        Run run = plans().step("words").step("counts", "words").run();

        store.add(run);

        assertThat(new RunStore(workspace).load(run.id())).isEqualTo(run);
    }

    @Test
    void findsTheNewestRunOfACluster() throws IOException {
        Run older = plans().step("words").run("20261121-000000-ffff", null);
        Run newer = plans().step("words").run("20261121-000001-0000", null);
        Run elsewhere = new Run(
                new RunId("20261121-000002-0000"), new ClusterId("local-2"), newer.plan(), null, FakeClock.START);
        store.add(newer);
        store.add(elsewhere);
        store.add(older);

        assertThat(store.ids()).containsExactly(elsewhere.id(), newer.id(), older.id());
        assertThat(store.findNewest(run -> run.cluster().equals(Plans.CLUSTER))).contains(newer);
        assertThat(store.findNewest(run -> run.cluster().equals(new ClusterId("local-3"))))
                .isEmpty();
        assertThat(store.findNewest(run -> run.plan().pipeline().equals("clouds")))
                .contains(elsewhere);
        assertThat(store.findNewest(run -> run.plan().pipeline().equals("other")))
                .isEmpty();
        assertThat(store.newest("clouds", elsewhere.id(), 5)).containsExactly(newer, older);
        assertThat(store.newest("clouds", elsewhere.id(), 1)).containsExactly(newer);
    }

    @Test
    void findingTheNewestRunReadsOnlyThatRun() throws IOException {
        store.add(plans().step("words").run("20261121-000000-ffff", null));
        store.add(plans().step("words").run("20261121-000001-0000", null));
        workspace.reads = 0;

        store.findNewest(run -> run.cluster().equals(Plans.CLUSTER));

        assertThat(workspace.reads).isEqualTo(2);
    }

    @Test
    void corruptRunIsLeftOutOfPreviousRuns() throws IOException {
        Run older = plans().step("words").run("20261121-000000-ffff", null);
        Run newer = plans().step("words").run("20261121-000002-0000", null);
        store.add(older);
        store.add(newer);
        workspace.write("runs/20261121-000001-0000/run.json", "{".getBytes(StandardCharsets.UTF_8));

        assertThat(store.newest("clouds", newer.id(), 5)).containsExactly(older);
    }

    @Test
    void partlyAddedRunIsNotFound() throws IOException {
        workspace.write("runs/20261121-000000-ffff/events.jsonl", new byte[0]);
        workspace.write("runs/.tmp/run.json", new byte[0]);

        assertThat(store.ids()).containsExactly(new RunId("20261121-000000-ffff"));
        assertThat(store.find(new RunId("20261121-000000-ffff"))).isEmpty();
        assertThat(store.findNewest(run -> run.plan().pipeline().equals("clouds")))
                .isEmpty();
        assertThat(store.newest("clouds", null, 5)).isEmpty();
    }

    @Test
    void corruptRunIsReportedWithTheRemedy() {
        workspace.write("runs/r1/run.json", "{\"format\": 1}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> store.load(new RunId("r1")))
                .isInstanceOf(CorruptRunException.class)
                .hasMessage(
                        "memory:/runs/r1/run.json is not a valid run file: run_id is missing. Add the steps again.");
    }

    @Test
    void fileOfAnotherRunIsRejected() throws IOException {
        Run run = plans().step("words").run();
        store.add(run);
        workspace.write("runs/r1/run.json", workspace.files.get("runs/" + run.id() + "/run.json"));

        assertThatThrownBy(() -> store.load(new RunId("r1")))
                .hasMessage("memory:/runs/r1/run.json is not a valid run file: it belongs to run 20261121-034512-ab3f. "
                        + "Add the steps again.");
    }

    @Test
    void missingRunIsReported() {
        assertThatThrownBy(() -> store.load(new RunId("r1")))
                .isInstanceOf(CorruptRunException.class)
                .hasMessage("No run r1 in memory:/runs. list_steps shows the existing runs.");
    }
}
