"""What can be wrong with prices."""

from shared.core.errors import Invalid, NotFound, TooLarge


class PaperPriceMissing(NotFound):
    title = "No price is set for paper of this burst factor"


class LayerPriceMissing(Invalid):
    """Of a layer that is to be priced, the input can be corrected by a rate of its own."""

    title, slug = PaperPriceMissing.title, PaperPriceMissing.slug


class RateNegative(Invalid):
    title = "With its premiums and the market adjustment a rate is negative"


class FluteNotFound(NotFound):
    title = "There is no such flute setting"


class TooManyRows(TooLarge):
    title = "The file has too many rows"
