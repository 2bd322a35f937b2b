package org.emrelay.runner.platform.emr.orphan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.emr.model.ListSecurityConfigurationsResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesResponse;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;

/** Everything of a kind that the account has, all pages of it, with the time at which it was made. */
final class AccountListings {
    private static final int GROUPS_A_PAGE = 500;
    private static final int BUCKETS_A_PAGE = 1000;

    private final AwsContext aws;

    AccountListings(AwsContext aws) {
        this.aws = aws;
    }

    /** Asks for page after page; a page names the next one's marker, or none. */
    private static void pages(Function<@Nullable String, @Nullable String> page) {
        String marker = page.apply(null);
        while (marker != null && !marker.isEmpty()) {
            marker = page.apply(marker);
        }
    }

    Map<String, Instant> roles() {
        Map<String, Instant> found = new LinkedHashMap<>();
        pages(marker -> {
            ListRolesResponse answer = aws.patience()
                    .ask("list the roles", () -> aws.clients().iam().listRoles(request -> request.marker(marker)));
            answer.roles().forEach(role -> found.put(role.roleName(), known(role.createDate())));
            return answer.marker();
        });
        return found;
    }

    Map<String, Instant> instanceProfiles() {
        Map<String, Instant> found = new LinkedHashMap<>();
        pages(marker -> {
            ListInstanceProfilesResponse answer = aws.patience()
                    .ask(
                            "list the instance profiles",
                            () -> aws.clients().iam().listInstanceProfiles(request -> request.marker(marker)));
            answer.instanceProfiles()
                    .forEach(profile -> found.put(profile.instanceProfileName(), known(profile.createDate())));
            return answer.marker();
        });
        return found;
    }

    List<SecurityGroup> securityGroups(String tag) {
        List<SecurityGroup> found = new ArrayList<>();
        pages(marker -> {
            DescribeSecurityGroupsResponse answer = aws.patience()
                    .ask(
                            "list the security groups",
                            () -> aws.clients()
                                    .ec2()
                                    .describeSecurityGroups(request -> request.maxResults(GROUPS_A_PAGE)
                                            .nextToken(marker)
                                            .filters(Filter.builder()
                                                    .name("tag-key")
                                                    .values(tag)
                                                    .build())));
            found.addAll(answer.securityGroups());
            return answer.nextToken();
        });
        return found;
    }

    Map<String, Instant> securityConfigurations() {
        Map<String, Instant> found = new LinkedHashMap<>();
        pages(marker -> {
            ListSecurityConfigurationsResponse answer = aws.patience()
                    .ask(
                            "list the security configurations",
                            () -> aws.clients().emr().listSecurityConfigurations(request -> request.marker(marker)));
            answer.securityConfigurations().forEach(each -> found.put(each.name(), known(each.creationDateTime())));
            return answer.marker();
        });
        return found;
    }

    Map<String, Instant> buckets() {
        Map<String, Instant> found = new LinkedHashMap<>();
        pages(marker -> {
            ListBucketsResponse answer = aws.patience()
                    .ask(
                            "list the buckets",
                            () -> aws.clients()
                                    .s3()
                                    .listBuckets(request ->
                                            request.maxBuckets(BUCKETS_A_PAGE).continuationToken(marker)));
            answer.buckets().forEach(bucket -> found.put(bucket.name(), known(bucket.creationDate())));
            return answer.continuationToken();
        });
        return found;
    }

    /** What has no date may have been made just now. */
    private static Instant known(@Nullable Instant created) {
        return Objects.requireNonNullElse(created, Instant.MAX);
    }
}
