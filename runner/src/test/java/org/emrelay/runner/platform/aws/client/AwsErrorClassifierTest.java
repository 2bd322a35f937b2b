package org.emrelay.runner.platform.aws.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.SocketException;
import java.util.List;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

final class AwsErrorClassifierTest {
    static AwsServiceException serviceException(int status, String code, String message) {
        return AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
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
        "NOT_FOUND, 404, NoSuchEntity, The role with name x cannot be found.",
        "NOT_FOUND, 404, , ",
        "NOT_FOUND, 400, InvalidRequestException, Cluster id 'j-X' is not valid.",
        "NOT_FOUND, 400, InvalidRequestException, Security configuration with name 'x' does not exist.",
        "ALREADY_EXISTS, 400, InvalidRequestException, Security configuration with name 'x' already exists.",
        "NOT_FOUND, 400, InvalidRequestException, SecurityConfiguration 'x' does not exist.",
        "ALREADY_EXISTS, 400, InvalidRequestException, SecurityConfiguration 'x' already exists.",
        "ALREADY_EXISTS, 400, InvalidPermission.Duplicate, the specified rule already exists",
        "CONFLICT, 400, DependencyViolation, resource sg-1 has a dependent object",
        "EXPIRED_CREDENTIALS, 403, ExpiredToken, The security token included in the request is expired",
        "INVALID_CREDENTIALS, 403, InvalidClientTokenId, The security token included in the request is invalid.",
        "ACCESS_DENIED, 403, UnauthorizedOperation, You are not authorized to perform this operation.",
        "UNSUPPORTED_OPERATION, 400, InvalidAction, no such action",
        "UNSUPPORTED_OPERATION, 501, , ",
        "LIMIT_EXCEEDED, 409, LimitExceeded, Cannot exceed quota for RolesPerAccount: 1000",
        "INVALID_REQUEST, 400, ValidationException, The ServiceRole is wrong",
    })
    void classifiesServiceErrors(Kind kind, int status, String code, String message) {
        assertThat(AwsErrorClassifier.classify("do x", serviceException(status, code, message))
                        .kind())
                .isEqualTo(kind);
    }

    @Test
    void classifiesClientSideErrorsByWhetherTheCallMayHaveHadAnEffect() {
        assertThat(clientException(new ConnectException("Connection refused")).kind())
                .isEqualTo(Kind.UNREACHABLE);
        assertThat(clientException(new SocketException("Connection reset")).kind())
                .isEqualTo(Kind.UNAVAILABLE);
        assertThat(AwsErrorClassifier.classify("x", new NoCredentialsException(List.of("profile x: none"), "Log in."))
                        .kind())
                .isEqualTo(Kind.INVALID_CREDENTIALS);
    }

    private static AwsException clientException(Exception cause) {
        return AwsErrorClassifier.classify(
                "list the clusters", SdkClientException.create("Unable to execute HTTP request", cause));
    }

    @Test
    void messageNamesTheOperationTheErrorAndTheRemedy() {
        assertThat(AwsErrorClassifier.classify(
                        "create the role x", serviceException(403, "AccessDenied", "You may not: iam:CreateRole")))
                .hasMessage("Could not create the role x. AccessDenied: You may not: iam:CreateRole. Ask your AWS"
                        + " administrator for this permission.");
        assertThat(clientException(new ConnectException("Connection refused")))
                .hasMessage("Could not list the clusters. Connection refused. Check your network connection, --region"
                        + " and --endpoint-url.");
    }
}
