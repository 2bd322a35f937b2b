package org.emrelay.runner.export.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.emrelay.runner.export.Reference;
import org.junit.jupiter.api.Test;

final class StateMachineTextTest {

    @Test
    void argumentsWithoutTheRunAreAList() {
        assertThat(StateMachineText.arguments(List.of("it's {a}", "s3://" + Reference.BUCKET.token() + "/x")))
                .isEqualTo(Map.of("Args", List.of("it's {a}", "s3://${Bucket}/x")));
    }

    @Test
    void argumentsWithTheRunAreAFunctionOfIt() {
        assertThat(StateMachineText.arguments(List.of(
                        "it's {a} \\",
                        "s3://" + Reference.BUCKET.token() + "/{b}/" + Reference.RUN.token() + "/"
                                + Reference.RUN.token())))
                .isEqualTo(Map.of(
                        "Args.$",
                        "States.Array('it\\'s \\{a\\} \\\\', States.Format('s3://${Bucket}/\\{b\\}/{}/{}',"
                                + " $$.Execution.Name, $$.Execution.Name))"));
    }

    /** CloudFormation would replace it, or fail. In JSON, the text is the same. */
    @Test
    void literalDollarsAreNotThoseOfCloudFormation() {
        Map<String, Object> arguments = Map.copyOf(StateMachineText.arguments(List.of("${Bucket}", "$x")));

        assertThat(StateMachineText.json(arguments)).isEqualTo("""
                {
                  "Args" : [
                    "\\u0024{Bucket}",
                    "$x"
                  ]
                }
                """);
    }
}
