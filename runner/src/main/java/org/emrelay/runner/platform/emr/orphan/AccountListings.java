package org.emrelay.runner.platform.emr.orphan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.Pages;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.emr.model.ListSecurityConfigurationsResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesResponse;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;

/** Lists all resources of a kind in the account, with their creation times. */
final class AccountListings {
    private static final int GROUPS_PER_PAGE = 500;
    private static final int BUCKETS_PER_PAGE = 1000;

    private final AwsContext aws;

    AccountListings(AwsContext aws) {
        this.aws = aws;
    }

    Map<String, Instant> roles() {
        Map<String, Instant> found = new LinkedHashMap<>();
        Pages.forEach(marker -> {
            ListRolesResponse response =
                    aws.call("list roles", () -> aws.iam().listRoles(request -> request.marker(marker)));
            response.roles().forEach(role -> found.put(role.roleName(), orMax(role.createDate())));
            return response.marker();
        });
        return found;
    }

    Map<String, Instant> instanceProfiles() {
        Map<String, Instant> found = new LinkedHashMap<>();
        Pages.forEach(marker -> {
            ListInstanceProfilesResponse response = aws.call(
                    "list instance profiles", () -> aws.iam().listInstanceProfiles(request -> request.marker(marker)));
            response.instanceProfiles()
                    .forEach(profile -> found.put(profile.instanceProfileName(), orMax(profile.createDate())));
            return response.marker();
        });
        return found;
    }

    List<SecurityGroup> securityGroups(String tag) {
        List<SecurityGroup> found = new ArrayList<>();
        Pages.forEach(marker -> {
            DescribeSecurityGroupsResponse response = aws.call(
                    "describe security groups",
                    () -> aws.ec2()
                            .describeSecurityGroups(request -> request.maxResults(GROUPS_PER_PAGE)
                                    .nextToken(marker)
                                    .filters(Filter.builder()
                                            .name("tag-key")
                                            .values(tag)
                                            .build())));
            found.addAll(response.securityGroups());
            return response.nextToken();
        });
        return found;
    }

    Map<String, Instant> securityConfigurations() {
        Map<String, Instant> found = new LinkedHashMap<>();
        Pages.forEach(marker -> {
            ListSecurityConfigurationsResponse response = aws.call(
                    "list security configurations",
                    () -> aws.emr().listSecurityConfigurations(request -> request.marker(marker)));
            response.securityConfigurations().forEach(each -> found.put(each.name(), orMax(each.creationDateTime())));
            return response.marker();
        });
        return found;
    }

    Map<String, Instant> buckets() {
        Map<String, Instant> found = new LinkedHashMap<>();
        Pages.forEach(marker -> {
            ListBucketsResponse response = aws.call(
                    "list buckets",
                    () -> aws.s3()
                            .listBuckets(request ->
                                    request.maxBuckets(BUCKETS_PER_PAGE).continuationToken(marker)));
            response.buckets().forEach(bucket -> found.put(bucket.name(), orMax(bucket.creationDate())));
            return response.continuationToken();
        });
        return found;
    }

    /** A resource without a creation time counts as new: it may have been created just now. */
    private static Instant orMax(@Nullable Instant created) {
        return Objects.requireNonNullElse(created, Instant.MAX);
    }
}
