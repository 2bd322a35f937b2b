package org.emrelay.runner.platform.aws.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.SocketException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

final class AwsErrorClassifierTest {
    static AwsServiceException answer(int status, String code, String said) {
        return AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(said)
                        .build())
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "THROTTLED, 400, ThrottlingException, Rate exceeded",
        "THROTTLED, 503, SlowDown, Please reduce your request rate.",
        "THROTTLED, 503, RequestLimitExceeded, Request limit exceeded.",
        "UNAVAILABLE, 500, InternalFailure, An internal error has occurred.",
        "UNAVAILABLE, 503, , ",
        "ABSENT, 404, NoSuchEntity, The role with name x cannot be found.",
        "ABSENT, 404, , ",
        "ABSENT, 400, InvalidRequestException, Cluster id 'j-X' is not valid.",
        "ABSENT, 400, InvalidRequestException, Security configuration with name 'x' does not exist.",
        "ALREADY_THERE, 400, InvalidRequestException, Security configuration with name 'x' already exists.",
        "ALREADY_THERE, 400, InvalidPermission.Duplicate, the specified rule already exists",
        "IN_USE, 400, DependencyViolation, resource sg-1 has a dependent object",
        "EXPIRED, 403, ExpiredToken, The security token included in the request is expired",
        "CREDENTIALS, 403, InvalidClientTokenId, The security token included in the request is invalid.",
        "DENIED, 403, UnauthorizedOperation, You are not authorized to perform this operation.",
        "UNKNOWN_CALL, 400, InvalidAction, no such action",
        "UNKNOWN_CALL, 501, , ",
        "LIMIT, 409, LimitExceeded, Cannot exceed quota for RolesPerAccount: 1000",
        "INVALID, 400, ValidationException, The ServiceRole is wrong",
    })
    void tellsTheKindOfAnAnswer(Kind kind, int status, String code, String said) {
        assertThat(AwsErrorClassifier.fault("do it", answer(status, code, said)).kind())
                .isEqualTo(kind);
    }

    @Test
    void tellsWhetherACallCanHaveHadAnEffect() {
        assertThat(without(new ConnectException("Connection refused")).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(without(new SocketException("Connection reset")).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(AwsErrorClassifier.fault(
                                "x", SdkClientException.create("Unable to load credentials from any of the providers"))
                        .kind())
                .isEqualTo(Kind.CREDENTIALS);
    }

    private static AwsException without(Exception cause) {
        return AwsErrorClassifier.fault(
                "list the clusters", SdkClientException.create("Unable to execute HTTP request", cause));
    }

    @Test
    void saysWhatWasAskedWhatCameBackAndWhatToDo() {
        assertThat(AwsErrorClassifier.fault(
                        "create the role x", answer(403, "AccessDenied", "You may not: iam:CreateRole")))
                .hasMessage(
                        "Could not create the role x. AccessDenied: You may not: iam:CreateRole. Ask whoever administers"
                                + " the account for this permission.");
        assertThat(without(new ConnectException("Connection refused")))
                .hasMessage("Could not list the clusters. Connection refused. Look at this machine's network, --region"
                        + " and --endpoint-url.");
    }
}
