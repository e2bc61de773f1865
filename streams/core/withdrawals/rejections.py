"""Why a candidate is turned down: a closed set, since the reasons travel on a topic and label a metric."""

REASONS = frozenset(
    {
        "no_actor",  # nobody named does it, here or in the sentences before
        "no_object",  # nothing named is left
        "unknown_object",  # what is left is no commitment that its noun or a list tells
        "object_is_place",  # a place is left, by nobody whom leaving it would concern
        "object_is_person",
        "actor_is_object",  # the same thing on both sides
        "person_resigns",  # a person leaves a post or a body
        "suspended_by_other",  # a body suspends its member
        "wrong_sense",  # the word in another sense for these arguments
        "hypothetical",  # another's "if"
        "counterfactual",
        "negated",  # an act that did not happen
        "unstated",  # "did not say whether"
        "renewed",  # the contrary of letting go
        "no_prior_step",  # remaining or returning where nobody had moved to leave
        "unlikely",  # rules told it, but the second reader and what is known of the pair speak against it
        "weak_context",  # a weak word without a commitment in its slot
    }
)
