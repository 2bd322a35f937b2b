package org.emrelay.runner.platform.emr.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.platform.aws.client.FakeTime;
import org.emrelay.runner.platform.aws.client.ScriptedAws;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cluster is asked for so that there is never a second one. */
final class AttemptRequestTest {
    private static final String NAME = "demo [1a2b3c4d-9f8e7d6c]";
    private static final String MADE = "{\"JobFlowId\":\"j-1\"}";
    private static final String NONE = "{\"Clusters\":[]}";
    private static final String LISTED =
            "{\"Clusters\":[{\"Id\":\"j-0\",\"Name\":\"demo [1a2b3c4d-00000000]\",\"Status\":{\"State\":"
                    + "\"WAITING\"}},{\"Id\":\"j-1\",\"Name\":\"" + NAME + "\",\"Status\":{\"State\":\"STARTING\"}}]}";

    private final ScriptedAws server = new ScriptedAws();
    private final List<String> said = new ArrayList<>();

    @AfterEach
    void stop() {
        server.close();
    }

    private String run() {
        return new RunJobFlowCall(server.aws(new FakeTime("2026-11-21T03:45:12Z")), said::add)
                .run(Map.of("Name", NAME));
    }

    private long asked() {
        return server.calls().stream().filter("RunJobFlow"::equals).count();
    }

    @Test
    void tellsTheIdOfTheNewCluster() {
        server.answers("RunJobFlow", 200, MADE);

        assertThat(run()).isEqualTo("j-1");
        assertThat(server.calls()).containsExactly("RunJobFlow");
    }

    @Test
    void looksForTheClusterByItsNameWhenTheAnswerIsLost() {
        server.losesItsAnswer("RunJobFlow").answers("ListClusters", 200, NONE).answers("ListClusters", 200, NONE);
        server.answers("ListClusters", 200, LISTED);

        assertThat(run()).isEqualTo("j-1");
        assertThat(asked()).isEqualTo(1);
        assertThat(said).containsExactly("RunJobFlow's answer was lost: looking for the cluster by its name");
    }

    @Test
    void looksForTheClusterLikewiseAfterAnErrorOfTheServer() {
        server.answers("RunJobFlow", 500, "{\"__type\":\"InternalServerException\",\"Message\":\"sorry\"}");
        server.answers("ListClusters", 200, LISTED);

        assertThat(run()).isEqualTo("j-1");
        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void neverAsksASecondTimeHoweverLongNoneIsListed() {
        server.losesItsAnswer("RunJobFlow").answers("ListClusters", 200, NONE);

        assertThatThrownBy(this::run).hasMessageStartingWith("Could not create the cluster " + NAME + ". ");
        assertThat(asked()).isEqualTo(1);
        assertThat(server.calls().size()).isGreaterThan(10);
    }

    @Test
    void asksAgainWhileTheNewRolesAreNotKnownEverywhere() {
        server.refuses("RunJobFlow", "ValidationException", "Invalid InstanceProfile: nodes.")
                .refuses("RunJobFlow", "AccessDeniedException", "Failed to authorize instance profile nodes.")
                .refuses("RunJobFlow", "ValidationException", "ServiceRole arn:aws:iam::1:role/x is invalid.")
                .refuses("RunJobFlow", "ThrottlingException", "Rate exceeded")
                .answers("RunJobFlow", 200, MADE);

        assertThat(run()).isEqualTo("j-1");
        assertThat(asked()).isEqualTo(5);
        assertThat(said)
                .containsExactly(
                        "AWS does not know the new role or profile everywhere yet: asking again until it does");
    }

    @Test
    void takesANoForANo() {
        server.refuses("RunJobFlow", "ValidationException", "The supplied release label is invalid: emr-99.0.0.");

        assertThatThrownBy(this::run)
                .hasMessage("Could not create the cluster " + NAME
                        + ". ValidationException: The supplied release label is invalid: emr-99.0.0.");
        assertThat(asked()).isEqualTo(1);
    }
}
