package org.emrelay.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.emrelay.runner.model.Problem;
import org.junit.jupiter.api.Test;

final class ProblemReportTest {
    private static final ProblemReport REPORT = new ProblemReport(List.of(
            Problem.warning("cluster.json", "Ec2SubnetIds", "may not be yours.", "Name your own."),
            Problem.error("steps.json", "", "there is nothing in it.", ""),
            Problem.error("steps.json", "steps[0].name", "this key is missing.", "Add it.")));

    @Test
    void listsErrorsBeforeWarnings() {
        assertThat(REPORT.text()).isEqualTo("""
                steps.json: there is nothing in it.
                steps.json: steps[0].name: this key is missing. Add it.
                warning: cluster.json: Ec2SubnetIds: may not be yours. Name your own.
                """);
    }

    @Test
    void keepsTheOrderOfFindingForScripts() {
        assertThat(REPORT.json()).isEqualTo("""
                {
                  "problems" : [
                    {
                      "severity" : "warning",
                      "file" : "cluster.json",
                      "path" : "Ec2SubnetIds",
                      "message" : "may not be yours.",
                      "hint" : "Name your own."
                    },
                    {
                      "severity" : "error",
                      "file" : "steps.json",
                      "path" : "",
                      "message" : "there is nothing in it.",
                      "hint" : null
                    },
                    {
                      "severity" : "error",
                      "file" : "steps.json",
                      "path" : "steps[0].name",
                      "message" : "this key is missing.",
                      "hint" : "Add it."
                    }
                  ]
                }
                """);
    }

    @Test
    void saysNothingWhereNothingIsWrong() {
        assertThat(new ProblemReport(List.of()).text()).isEmpty();
    }
}
