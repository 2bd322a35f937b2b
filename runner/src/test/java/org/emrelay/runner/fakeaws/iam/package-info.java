/** The fake IAM and STS: roles, instance profiles and policies. */
@NullMarked
package org.emrelay.runner.fakeaws.iam;

import org.jspecify.annotations.NullMarked;
