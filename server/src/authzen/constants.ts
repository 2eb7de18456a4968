// Everything here is of the OpenID AuthZEN Authorization API 1.0 (Final), as `api/authorization-api-1_0.md` of openid/authzen has it in
// the revision e287920e of 2026-08-21, and its certification scenario of the same revision.

/** Section "Transport": the default paths, below the URL of the decision point. */
export const PATHS = {
  evaluation: "/access/v1/evaluation",
  evaluations: "/access/v1/evaluations",
  subjectSearch: "/access/v1/search/subject",
  resourceSearch: "/access/v1/search/resource",
  actionSearch: "/access/v1/search/action",
} as const;

/** Section "Obtaining Policy Decision Point Metadata": comes between the host and the path of the decision point's URL. */
export const METADATA_PATH = "/.well-known/authzen-configuration";

/** Section "Evaluations semantics". The first is the one where nothing is said. */
export const SEMANTICS = ["execute_all", "deny_on_first_deny", "permit_on_first_permit"] as const;

/** Section "Endpoint Parameters": what each path is called in the metadata. */
export const METADATA_NAMES = {
  evaluation: "access_evaluation_endpoint",
  evaluations: "access_evaluations_endpoint",
  subjectSearch: "search_subject_endpoint",
  resourceSearch: "search_resource_endpoint",
  actionSearch: "search_action_endpoint",
} as const satisfies Record<keyof typeof PATHS, string>;

/**
 * The status that answers content of another type. HTTP would have 415; the certification scenario ("Invalid content type") wants
 * 400.
 */
export const WRONG_TYPE_STATUS = 400;
