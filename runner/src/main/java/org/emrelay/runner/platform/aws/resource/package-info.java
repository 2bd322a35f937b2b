/**
 * Names, owner tags and the journal of the AWS resources that we create. What decides whether a resource is ours
 * belongs here.
 */
@NullMarked
package org.emrelay.runner.platform.aws.resource;

import org.jspecify.annotations.NullMarked;
